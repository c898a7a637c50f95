#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <nlohmann/json.hpp>
#include <random>
#include <regex>

#include "storage/ocfl/fixity_digest.h"
#include "storage/repository/repository.h"
#include "storage/validator/validator.h"
#include "tests/storage/sample.h"
#include "tests/support/files.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using test::content;
using test::errorsOf;
using test::slurp;
using test::someone;
using test::spill;
using testing::IsEmpty;
using testing::Not;

/// Good objects with one thing changed at a time: one of ours, and some of the community's.
class MutantObject : public testing::Test {
 protected:
  static std::vector<fs::path> goodObjects(const fs::path& folder) {
    Repository::create(folder / "repository");
    auto repository = Repository::open(folder / "repository");
    repository.commit("urn:a", 0, {content("a/x", "one"), content("y", "two")}, someone());
    repository.commit("urn:a", 1, {content("a/x", "three"), content("y", "two")}, someone());
    std::vector<fs::path> objects = {repository.root() / repository.objectPath("urn:a")};
    const auto fixtures = test::fixture("ocfl-1.1/good-objects");
    if (!fixtures) {
      std::cout << test::noFixture("ocfl-1.1/good-objects") << "; only an object of ours\n";
      return objects;
    }
    for (const char* name : {"updates_all_actions", "minimal_content_dir_called_stuff",
                             "minimal_mixed_digests", "ocfl_object_all_fixity_digests"}) {
      objects.push_back(*fixtures / name);
    }
    return objects;
  }
  /// A copy to be changed.
  const fs::path& fresh(const fs::path& object) {
    fs::remove_all(mutant_);
    fs::copy(object, mutant_, fs::copy_options::recursive);
    return mutant_;
  }
  /// Puts another inventory into the object root and the newest version, with right sidecars.
  void resign(const json& before, const std::string& bytes) const {
    const std::string algorithm = before.at("digestAlgorithm");
    for (const std::string& place : {std::string(), before.at("head").get<std::string>()}) {
      spill(mutant_ / place / "inventory.json", bytes);
      spill(mutant_ / place / ("inventory.json." + algorithm),
            FixityDigest::ofBytes(bytes, algorithm) + " inventory.json\n");
    }
  }
  std::vector<std::string> errors() const { return errorsOf(validateOcflObject(mutant_)); }

  test::TemporaryFolder folder_;
  fs::path mutant_ = folder_ / "mutant";
};

/// Whether an object may say something else here, or nothing, and be valid all the same: names and
/// messages, its own fixity, and which names the newest version gives to its content.
bool isItsOwnAffair(const std::string& place, const json& before, const json* after) {
  const std::string state = "/versions/" + before.at("head").get<std::string>() + "/state";
  static const std::regex kWords("/id|/versions/[^/]*/(message|user/name|user/address)");
  static const std::regex kOptional("/fixity(/.*)?|/versions/[^/]*/(message|user|user/address)");
  if (place == state) return after != nullptr && *after == json::object();
  if (place.starts_with(state + "/")) {
    return after == nullptr || after->is_string() || *after == json::array();
  }
  if (after == nullptr) {
    const bool theDefault =
        place == "/contentDirectory" && before.at("contentDirectory") == "content";
    return theDefault || std::regex_match(place, kOptional);
  }
  if (after->is_string()) return std::regex_match(place, kWords);
  return *after == json::object() ? std::regex_match(place, std::regex("/fixity(/[^/]*)?"))
                                  : *after == json::array() && place.starts_with("/fixity/");
}

TEST_F(MutantObject, IsRejectedWhateverItsInventorySaysInstead) {
  const std::vector<json> instead = {nullptr,        7,         true, "", "x", json::array(),
                                     json::object(), {{"a", 1}}};
  int mutants = 0;
  for (const fs::path& object : goodObjects(folder_ / "good")) {
    const json before = json::parse(slurp(object / "inventory.json"));
    std::vector<std::string> places;
    const std::function<void(const json&, const std::string&)> walk =
        [&](const json& value, const std::string& place) {
          if (!place.empty()) places.push_back(place);
          if (!value.is_structured()) return;
          for (const auto& [key, child] : value.items()) {
            walk(child, (json::json_pointer(place) / key).to_string());
          }
        };
    walk(before, "");
    for (const std::string& place : places) {
      const auto judge = [&](const json& after, const json* value) {
        fresh(object);
        resign(before, after.dump());
        const auto found = errors();
        ++mutants;
        if (isItsOwnAffair(place, before, value)) return;
        EXPECT_THAT(found, Not(IsEmpty()))
            << object.filename() << " " << place << " -> " << (value ? value->dump() : "nothing");
      };
      for (const json& value : instead) {
        json after = before;
        after[json::json_pointer(place)] = value;
        judge(after, &value);
      }
      json after = before;
      json& parent = after[json::json_pointer(place).parent_pointer()];
      const std::string key = json::json_pointer(place).back();
      parent.is_array() ? parent.erase(static_cast<std::size_t>(std::stoi(key)))
                        : static_cast<void>(parent.erase(key));
      judge(after, nullptr);
    }
  }
  EXPECT_GT(mutants, 150);
}

TEST_F(MutantObject, IsRejectedWhicheverFileChanged) {
  for (const fs::path& object : goodObjects(folder_ / "good")) {
    for (const auto& entry : fs::recursive_directory_iterator(object)) {
      const fs::path name = entry.path().lexically_relative(object);
      if (!entry.is_regular_file()) {
        fresh(object);
        spill(mutant_ / name / "surplus", "x");
        EXPECT_THAT(errors(), Not(IsEmpty())) << object.filename() << ": another file in " << name;
        continue;
      }
      const std::string bytes = slurp(entry.path());
      std::vector<std::string> others = {bytes + "x"};
      if (!bytes.empty()) others.push_back(bytes.substr(1));
      for (const std::size_t at : {std::size_t{0}, bytes.size() / 3, bytes.size() / 2}) {
        if (at >= bytes.size()) continue;
        others.push_back(bytes);
        others.back()[at] = static_cast<char>(bytes[at] ^ 1);
      }
      for (const std::string& other : others) {
        fresh(object);
        spill(mutant_ / name, other);
        EXPECT_THAT(errors(), Not(IsEmpty())) << object.filename() << ": changed " << name;
      }
      fresh(object);
      fs::remove(mutant_ / name);
      const bool versionsInventory =
          name.begin()->string()[0] == 'v' && name.filename() == "inventory.json";
      if (!versionsInventory) {  // allowed (W010), and then its sidecar is too much
        EXPECT_THAT(errors(), Not(IsEmpty())) << object.filename() << ": without " << name;
      }
    }
  }
}

// What comes out is nobody's guess, but it must come, for any bytes.
TEST_F(MutantObject, IsJudgedWhateverBytesItsInventoryHas) {
  std::mt19937 random(46);
  for (const fs::path& object : goodObjects(folder_ / "good")) {
    const std::string bytes = slurp(object / "inventory.json");
    const json before = json::parse(bytes);
    fresh(object);
    for (int i = 0; i < 150; ++i) {
      std::string other = bytes;
      for (int changes = 1 + static_cast<int>(random() % 3); changes > 0 && !other.empty();
           --changes) {
        const std::size_t at = random() % other.size();
        switch (random() % 4) {
          case 0:
            other[at] = static_cast<char>(random());
            break;
          case 1:
            other.erase(at, random() % 40);
            break;
          case 2:
            other.insert(at, other.substr(random() % other.size(), random() % 60));
            break;
          default:
            other.resize(at + 1);
        }
      }
      resign(before, other);
      EXPECT_NO_THROW(validateOcflObject(mutant_)) << other;
    }
  }
}

}  // namespace
}  // namespace sohoa
