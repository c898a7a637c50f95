#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <nlohmann/json.hpp>

#include "storage/ocfl/fixity_digest.h"
#include "storage/repository/repository.h"
#include "storage/validator/validator.h"
#include "tests/storage/sample.h"
#include "tests/support/files.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using test::codesOf;
using test::content;
using test::slurp;
using test::someone;
using test::spill;
using testing::Contains;
using testing::IsEmpty;

/// The codes of the specification's list (validation-codes.md of 1.1): 108 errors, 15 warnings.
std::set<std::string> allCodes() {
  const std::set<int> noErrors = {65, 68, 86, 91, 109};  // numbers that were never given
  std::set<std::string> codes;
  for (int n = 1; n <= 112; ++n) {
    if (!noErrors.contains(n)) codes.insert("E" + std::to_string(1000 + n).substr(1));
  }
  for (int n = 1; n <= 16; ++n) {
    if (n != 6) codes.insert("W" + std::to_string(1000 + n).substr(1));
  }
  return codes;
}

/// What files at rest do not show.
const std::map<std::string, std::string> kNotJudged = {
    {"E022", "what a client must ignore, not what an object may hold"},
    {"E027", "which algorithms a client must know: kept by FixityDigest"},
    {"E028", "which algorithms a client must ignore: kept by FixityDigest"},
    {"E062", "in which order inventory and sidecar were written"},
    {"E087", "which files a validator must ignore in the root"},
    {"E089", "how a depositor has to wrap what OCFL cannot hold"},
    {"W012", "whether the files in logs/ are logs"},
};

struct Sound {
  Sound() {
    Repository::create(folder / "repository");
    auto repository = Repository::open(folder / "repository");
    repository.commit("urn:a", 0, {content("a/x", "one"), content("y", "two")}, someone());
    repository.commit("urn:a", 1, {content("a/x", "three"), content("y", "two")}, someone());
  }
  test::TemporaryFolder folder;
};

/// A storage root with one object of two versions, damaged in one place.
class Damaged {
 public:
  Damaged() {
    static const Sound sound;  // made once: a commit waits for the disk, a copy does not
    fs::copy(sound.folder / "repository", root, fs::copy_options::recursive);
    object = root / Repository::open(root).objectPath("urn:a");
  }
  static void write(const fs::path& place, const std::string& bytes,
                    const std::string& algorithm = "sha512") {
    fs::remove(place / "inventory.json.sha512");
    spill(place / "inventory.json", bytes);
    spill(place / ("inventory.json." + algorithm),
          FixityDigest::ofBytes(bytes, algorithm) + "  inventory.json\n");
  }
  void head(const std::function<void(json&)>& edit) const {
    json inventory = json::parse(slurp(object / "inventory.json"));
    edit(inventory);
    for (const char* place : {"", "v2"}) write(object / place, inventory.dump());
  }
  void first(const std::function<void(json&)>& edit) const {
    json inventory = json::parse(slurp(object / "v1/inventory.json"));
    edit(inventory);
    write(object / "v1", inventory.dump());
  }
  void declare(const std::string& name) const {
    fs::remove(object / "0=ocfl_object_1.1");
    spill(object / name, name.substr(2) + "\n");
  }
  void declareRoot(const std::string& name) const {
    fs::remove(root / "0=ocfl_1.1");
    spill(root / name, name.substr(2) + "\n");
  }
  /// Everything that root and object are found to be.
  std::vector<std::string> codes() const {
    std::vector<OcflFinding> all = validateOcflRoot(root);
    if (fs::exists(object)) {
      for (OcflFinding& finding : validateOcflObject(object)) all.push_back(std::move(finding));
    }
    return codesOf(all);
  }

  test::TemporaryFolder folder;
  fs::path root = folder / "repository", object;
};

using Damage = std::function<void(const Damaged&)>;

/// `edit` of the current inventory.
Damage head(std::function<void(json&)> edit) {
  return [edit = std::move(edit)](const Damaged& d) { d.head(edit); };
}

const std::string kTwo = sha512("two").hex();

/// One case for every code that can be judged, the fixtures' own included, so that the list is
/// whole on a machine without them.
std::vector<std::pair<std::string, Damage>> cases() {
  const auto state = [](json& i) -> json& { return i["versions"]["v2"]["state"]; };
  return {
      {"E001", [](const Damaged& d) { spill(d.object / "note.txt", "x"); }},
      {"E002", [](const Damaged& d) { d.declare("0=ocfl_object_1"); }},
      {"E003", [](const Damaged& d) { fs::remove(d.object / "0=ocfl_object_1.1"); }},
      {"E004", [](const Damaged& d) { d.declare("0=ocfl_object_x.y"); }},
      {"E005", [](const Damaged& d) { d.declare("1=ocfl_object_1.1"); }},
      {"E006", [](const Damaged& d) { d.declare("0=ocfl_thing_1.1"); }},
      {"E007", [](const Damaged& d) { spill(d.object / "0=ocfl_object_1.1", "ocfl_object_1.1"); }},
      {"E008", head([](json& i) { i["versions"] = json::object(); })},
      {"E009", [](const Damaged& d) { fs::remove_all(d.object / "v1"); }},
      {"E010", [](const Damaged& d) { fs::rename(d.object / "v2", d.object / "v3"); }},
      {"E011",
       [](const Damaged& d) {
         for (int n = 3; n <= 9; ++n) {
           fs::copy(d.object / "v2", d.object / ("v0" + std::to_string(n)),
                    fs::copy_options::recursive);
         }
         fs::rename(d.object / "v1", d.object / "v01");
         fs::rename(d.object / "v2", d.object / "v02");
         fs::copy(d.object / "v02", d.object / "v10", fs::copy_options::recursive);
       }},
      {"E012",
       [](const Damaged& d) {
         fs::copy(d.object / "v2", d.object / "v003", fs::copy_options::recursive);
       }},
      {"E013", [](const Damaged& d) { fs::rename(d.object / "v2", d.object / "v02"); }},
      {"E014", head([](json& i) { i["manifest"][kTwo] = {"v7/content/y"}; })},
      {"E015", [](const Damaged& d) { spill(d.object / "v1/note.txt", "x"); }},
      {"E016", [](const Damaged& d) { fs::remove_all(d.object / "v2/content"); }},
      {"E017", head([](json& i) { i["contentDirectory"] = "a/b"; })},
      {"E018", head([](json& i) { i["contentDirectory"] = ".."; })},
      {"E019", head([](json& i) { i["contentDirectory"] = "stuff"; })},
      {"E020", [](const Damaged& d) { d.first([](json& i) { i["contentDirectory"] = "stuff"; }); }},
      {"E021", head([](json& i) { i["manifest"][kTwo] = {"v1/stuff/y"}; })},
      {"E023", [](const Damaged& d) { spill(d.object / "v1/content/extra", "x"); }},
      {"E024", [](const Damaged& d) { fs::create_directory(d.object / "v1/content/empty"); }},
      {"E025", head([](json& i) { i["digestAlgorithm"] = "md5"; })},
      {"E026", head([](json& i) { i["fixity"]["rot13"]["00"] = {"v1/content/y"}; })},
      {"E029", head([](json& i) { i["fixity"]["sha1"]["zz"] = {"v1/content/y"}; })},
      {"E030", head([](json& i) { i["fixity"]["sha256"]["zz"] = {"v1/content/y"}; })},
      {"E031", head([](json& i) { i["fixity"]["sha512"]["zz"] = {"v1/content/y"}; })},
      {"E032", head([](json& i) { i["fixity"]["blake2b-512"]["zz"] = {"v1/content/y"}; })},
      {"E033", [](const Damaged& d) { Damaged::write(d.object, "{"); }},
      {"E034",
       [](const Damaged& d) {
         fs::rename(d.object / "inventory.json", d.object / "INVENTORY.json");
       }},
      {"E035", head([](json& i) { i["manifest"][kTwo] = {"v1\\content\\y"}; })},
      {"E036", head([](json& i) { i.erase("head"); })},
      {"E037", head([](json& i) { i["id"] = ""; })},
      {"E037",  // two objects of one identifier in a root
       [](const Damaged& d) {
         fs::create_directories(d.root / "000/000/000");
         fs::copy(d.object, d.root / "000/000/000/again", fs::copy_options::recursive);
       }},
      {"E038", head([](json& i) { i["type"] = "https://ocfl.io/1.0/spec/#inventory"; })},
      {"E039", head([](json& i) { i["manifest"][std::string(64, 'a')] = {"v1/content/q"}; })},
      {"E040", head([](json& i) { i["head"] = "v1"; })},
      {"E041", head([](json& i) { i.erase("manifest"); })},
      {"E042", head([](json& i) { i["manifest"][kTwo] = {"content/y"}; })},
      {"E043", head([](json& i) { i.erase("versions"); })},
      {"E044", head([](json& i) { i["Versions"] = json::object(); })},
      {"E045", head([](json& i) { i["versions"] = json::array(); })},
      {"E046", head([](json& i) { i["versions"].erase("v1"); })},
      {"E047", head([](json& i) { i["versions"]["v1"] = 1; })},
      {"E048", head([](json& i) { i["versions"]["v1"].erase("created"); })},
      {"E049", head([](json& i) { i["versions"]["v1"]["created"] = "2021-09-10T01:02Z"; })},
      {"E050", head([&](json& i) { state(i)[std::string(128, 'a')] = {"z"}; })},
      {"E051", head([&](json& i) { state(i)[kTwo] = {7}; })},
      {"E052", head([&](json& i) { state(i)[kTwo] = {"a/../y"}; })},
      {"E053", head([&](json& i) { state(i)[kTwo] = {"/y"}; })},
      {"E054", head([](json& i) { i["versions"]["v1"]["user"] = json::object(); })},
      {"E055", head([](json& i) { i["Fixity"] = json::object(); })},
      {"E056", head([](json& i) { i["fixity"]["rot13"] = json::object(); })},
      {"E057", head([](json& i) { i["fixity"]["md5"] = {"v1/content/y"}; })},
      {"E058", [](const Damaged& d) { fs::remove(d.object / "inventory.json.sha512"); }},
      {"E059",
       [](const Damaged& d) {
         fs::rename(d.object / "inventory.json.sha512", d.object / "inventory.json.sha256");
       }},
      {"E060",
       [](const Damaged& d) {
         spill(d.object / "inventory.json.sha512", std::string(128, 'a') + " inventory.json\n");
       }},
      {"E061", [](const Damaged& d) { spill(d.object / "inventory.json.sha512", "hash\n"); }},
      {"E063", [](const Damaged& d) { fs::remove(d.object / "inventory.json"); }},
      {"E064",
       [](const Damaged& d) {
         Damaged::write(d.object, slurp(d.object / "inventory.json") + " ");
       }},
      {"E066", head([](json& i) {
         json& one = i["versions"]["v1"]["state"];
         one = {{kTwo, {"y", "a/x"}}};
         i["versions"]["v2"]["state"][sha512("one").hex()] = {"z"};
       })},
      {"E067", [](const Damaged& d) { spill(d.object / "extensions/file", "x"); }},
      {"E069", [](const Damaged& d) { fs::remove(d.root / "0=ocfl_1.1"); }},
      {"E070", [](const Damaged& d) { spill(d.root / "ocfl_layout.json", "{}"); }},
      {"E071",
       [](const Damaged& d) {
         spill(d.root / "ocfl_layout.json", R"({"extension": "mine", "description": ""})");
       }},
      {"E072", [](const Damaged& d) { spill(d.object.parent_path() / "note", "x"); }},
      {"E073", [](const Damaged& d) { fs::create_directories(d.root / "fff/fff"); }},
      {"E074", [](const Damaged& d) { Repository::create(d.root / "fff/inner"); }},
      {"E075", [](const Damaged& d) { d.declareRoot("0=ocfl_one"); }},
      {"E076", [](const Damaged& d) { spill(d.root / "0=ocfl_1.0", "ocfl_1.0\n"); }},
      {"E077", [](const Damaged& d) { d.declareRoot("0=ocfl_one"); }},
      {"E078", [](const Damaged& d) { d.declareRoot("2=ocfl_1.1"); }},
      {"E079", [](const Damaged& d) { d.declareRoot("0=oxfl_1.1"); }},
      {"E080", [](const Damaged& d) { spill(d.root / "0=ocfl_1.1", "ocfl_1.1"); }},
      {"E081", [](const Damaged& d) { d.declareRoot("0=ocfl_1.0"); }},
      {"E082",
       [](const Damaged& d) { spill(d.object / "inner/0=ocfl_object_1.1", "ocfl_object_1.1\n"); }},
      {"E083", [](const Damaged& d) { fs::rename(d.object, d.object.parent_path() / "wrong"); }},
      {"E084", [](const Damaged& d) { spill(d.object.parent_path() / "note", "x"); }},
      {"E085", [](const Damaged& d) { spill(d.root / "fff/fff/file", "x"); }},
      {"E088", [](const Damaged& d) { spill(d.root / "other/file", "x"); }},
      {"E090", [](const Damaged& d) { fs::create_symlink("y", d.object / "v1/content/link"); }},
      {"E092", [](const Damaged& d) { spill(d.object / "v1/content/y", "twO"); }},
      {"E093", head([](json& i) { i["fixity"]["md5"][std::string(32, 'a')] = {"v1/content/y"}; })},
      {"E094", head([](json& i) { i["versions"]["v2"]["message"] = 7; })},
      {"E095", head([&](json& i) {
         state(i)[kTwo] = {"a", "y"};
       })},
      {"E096", head([](json& i) {
         std::string upper = kTwo;
         for (char& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
         i["manifest"][upper] = {"v1/content/y"};
       })},
      {"E097", head([](json& i) {
         i["fixity"]["md5"] = {{std::string(32, 'a'), {"v1/content/y"}},
                               {std::string(32, 'A'), {"v1/content/y"}}};
       })},
      {"E098", head([](json& i) { i["manifest"][kTwo] = {7}; })},
      {"E099", head([](json& i) { i["manifest"][kTwo] = {"v1/content/./y"}; })},
      {"E100", head([](json& i) { i["manifest"][kTwo] = {"/v1/content/y"}; })},
      {"E101", head([](json& i) {
         i["manifest"][kTwo] = {"v1/content/y", "v1/content/y"};
       })},
      {"E102", head([](json& i) { i["extra"] = 1; })},
      {"E103",
       [](const Damaged& d) {
         d.declare("0=ocfl_object_1.0");
         d.head([](json& i) { i["type"] = "https://ocfl.io/1.0/spec/#inventory"; });
       }},
      {"E104", [](const Damaged& d) { fs::create_directory(d.object / "3"); }},
      {"E105", [](const Damaged& d) { fs::create_directory(d.object / "v0"); }},
      {"E106", head([](json& i) { i["manifest"] = json::array(); })},
      {"E107",
       [](const Damaged& d) {
         spill(d.object / "v2/content/z", "unused");
         d.head([](json& i) { i["manifest"][sha512("unused").hex()] = {"v2/content/z"}; });
       }},
      {"E108", head([](json& i) { i["contentDirectory"] = "a/b"; })},
      {"E110", head([](json& i) { i["id"] = "urn:b"; })},
      {"E111", head([](json& i) { i["fixity"] = json::array(); })},
      {"E112", [](const Damaged& d) { spill(d.root / "extensions/file", "x"); }},
      {"W001", [](const Damaged& d) { fs::rename(d.object / "v1", d.object / "v01"); }},
      {"W002", [](const Damaged& d) { spill(d.object / "v2/more/file", "x"); }},
      {"W003",
       [](const Damaged& d) {
         auto repository = Repository::open(d.root);
         repository.commit("urn:a", 2, {content("y", "two")}, someone());
         fs::create_directory(d.object / "v3/content");
       }},
      {"W004", head([](json& i) { i["digestAlgorithm"] = "sha256"; })},
      {"W005", head([](json& i) { i["id"] = "a"; })},
      {"W007", head([](json& i) { i["versions"]["v2"].erase("message"); })},
      {"W008", head([](json& i) { i["versions"]["v2"]["user"].erase("address"); })},
      {"W009", head([](json& i) { i["versions"]["v2"]["user"]["address"] = "the house"; })},
      {"W010", [](const Damaged& d) { fs::remove(d.object / "v1/inventory.json"); }},
      {"W011", head([](json& i) { i["versions"]["v1"]["message"] = "other"; })},
      {"W013", [](const Damaged& d) { fs::create_directories(d.object / "extensions/mine"); }},
      {"W014",
       [](const Damaged& d) {
         fs::create_directory(d.root / "other");
         fs::copy(d.object, d.root / "other/deep", fs::copy_options::recursive);
       }},
      {"W015",
       [](const Damaged& d) { fs::copy(d.object, d.root / "top", fs::copy_options::recursive); }},
      {"W016", [](const Damaged& d) { spill(d.root / "extensions/mine/config.json", "{}"); }},
  };
}

TEST(OcflCodes, AreEachReportedForACaseOrSaidNotToBeJudgedFromFiles) {
  std::set<std::string> open = allCodes();
  EXPECT_EQ(open.size(), 107u + 15u);
  for (const auto& [code, why] : kNotJudged) EXPECT_EQ(open.erase(code), 1u) << code << why;
  EXPECT_THAT(Damaged().codes(), IsEmpty()) << "before anything is damaged";
  for (const auto& [code, damage] : cases()) {
    const Damaged damaged;
    damage(damaged);
    EXPECT_THAT(damaged.codes(), Contains(code));
    open.erase(code);
  }
  EXPECT_THAT(open, IsEmpty()) << "codes without a case";
}

TEST(OcflCodes, AnOrdinaryObjectHasNoneAfterManyVersions) {
  const Damaged damaged;
  auto repository = Repository::open(damaged.root);
  for (int version = 2; version < 12; ++version) {
    repository.commit("urn:a", version, {content("y", "two" + std::to_string(version))}, someone());
  }
  EXPECT_THAT(damaged.codes(), IsEmpty());
}

TEST(ForEachOcflObject, VisitsEveryObjectOfAnyHierarchyOnce) {
  const Damaged damaged;
  auto repository = Repository::open(damaged.root);
  for (int n = 0; n < 20; ++n) {
    repository.commit("urn:b" + std::to_string(n), 0, {content("x", "1")}, someone());
  }
  fs::copy(damaged.object, damaged.root / "flat", fs::copy_options::recursive);
  std::vector<fs::path> seen;
  forEachOcflObject(damaged.root, [&](const fs::path& object) { seen.push_back(object); });
  EXPECT_EQ(seen.size(), 22u);
  EXPECT_TRUE(std::is_sorted(seen.begin(), seen.end()));
}

}  // namespace
}  // namespace sohoa
