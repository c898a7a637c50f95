#include <set>
#include <stdexcept>

#include "core/texts/json.h"
#include "storage/ocfl/fixity_digest.h"
#include "storage/ocfl/inventory.h"
#include "storage/ocfl/inventory_rules.h"

namespace sohoa {
namespace {

using Json = nlohmann::json;

/// An inventory is five levels deep; one of a million files has some seven million values.
constexpr int kDeepest = 32, kMostValues = 20'000'000;

struct TooMuch : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Finds keys that occur twice in one object, which the JSON tree no longer shows. Stops before
/// hostile JSON takes all memory.
class DuplicateKeys {
 public:
  DuplicateKeys(const std::string& where, Findings& findings)
      : where_(where), findings_(findings) {}

  bool operator()(int depth, Json::parse_event_t event, Json& parsed) {
    if (depth > kDeepest) throw TooMuch("nested too deeply");
    if (++values_ > kMostValues) throw TooMuch("more values than any inventory has");
    if (event == Json::parse_event_t::object_start) {
      levels_.push_back({});
    } else if (event == Json::parse_event_t::object_end) {
      levels_.pop_back();
      if (!levels_.empty()) levels_.back().key.clear();
    } else if (event == Json::parse_event_t::key) {
      Level& level = levels_.back();
      level.key = parsed.get<std::string>();
      if (!level.seen.insert(level.key).second) {
        findings_.add(code(), where_, "the key \"" + level.key + "\" occurs twice");
      }
    }
    return true;
  }

 private:
  struct Level {
    std::set<std::string> seen;
    std::string key;
  };
  std::string code() const {
    if (levels_.size() == 2 && levels_[0].key == "manifest") return "E096";
    if (levels_.size() == 3 && levels_[0].key == "fixity") return "E097";
    return "E033";
  }
  std::string where_;
  Findings& findings_;
  std::vector<Level> levels_;
  int values_ = 0;
};

/// Reads one inventory; what is missing or of the wrong type is reported and left empty.
class Reader {
 public:
  Reader(const Json& json, const std::string& where, Findings& findings)
      : json_(json), where_(where), findings_(findings) {}

  Inventory read() {
    readKeys();
    readManifest();
    readVersions();
    readFixity();
    return std::move(inventory_);
  }

 private:
  void report(const char* code, std::string what) { findings_.add(code, where_, std::move(what)); }

  std::string requiredText(const char* key) {
    const auto found = json_.find(key);
    const char* code = key == std::string_view("id")     ? "E037"
                       : key == std::string_view("head") ? "E040"
                       : key == std::string_view("type") ? "E038"
                                                         : "E025";
    if (found == json_.end()) {
      report("E036", std::string("the key ") + key + " is missing");
    } else if (!found->is_string()) {
      report(code, std::string(key) + " is not a string");
    } else {
      std::string text = found->get<std::string>();
      // What checks it takes an empty text for one that was missing, and reported here.
      if (text.empty()) report(code, std::string(key) + " is empty");
      return text;
    }
    return {};
  }

  void readKeys() {
    static const std::set<std::string> kKnown = {"id",       "type",     "digestAlgorithm",
                                                 "head",     "manifest", "contentDirectory",
                                                 "versions", "fixity"};
    for (const auto& [key, value] : json_.items()) {
      if (kKnown.contains(key)) continue;
      report("E102", "unknown key \"" + key + "\"");
      if (equalsIgnoringCase(key, "fixity")) report("E055", "the fixity block must be \"fixity\"");
      if (equalsIgnoringCase(key, "versions")) report("E044", "the block must be \"versions\"");
    }
    inventory_.id = requiredText("id");
    inventory_.type = requiredText("type");
    inventory_.digestAlgorithm = requiredText("digestAlgorithm");
    inventory_.head = requiredText("head");
    if (const auto found = json_.find("contentDirectory"); found != json_.end()) {
      if (found->is_string()) {
        inventory_.contentDirectory = found->get<std::string>();
      } else {
        report("E108", "contentDirectory is not a string");
      }
    }
  }

  Inventory::Paths readPaths(const Json& block, const char* code, const std::string& name) {
    Inventory::Paths paths;
    for (const auto& [digest, list] : block.items()) {
      auto& target = paths[digest];
      if (!list.is_array()) {
        report(code, name + ": the value of " + digest + " is not an array");
        continue;
      }
      for (const Json& path : list) {
        if (path.is_string()) {
          target.push_back(path.get<std::string>());
        } else {
          report(code, name + ": a path of " + digest + " is not a string");
          if (code == std::string_view("E092"))
            report("E098", "not a content path: " + jsonText(path));
        }
      }
    }
    return paths;
  }

  void readManifest() {
    const auto found = json_.find("manifest");
    if (found == json_.end()) return report("E041", "the manifest is missing");
    if (!found->is_object()) return report("E106", "the manifest is not an object");
    inventory_.manifest = readPaths(*found, "E092", "manifest");
  }

  void readVersions() {
    const auto found = json_.find("versions");
    if (found == json_.end()) {
      report("E041", "the versions block is missing");
      return report("E043", "the versions block is missing");
    }
    if (!found->is_object()) {
      report("E044", "the versions block is not an object");
      return report("E045", "the versions block is not an object");
    }
    if (found->empty()) report("E008", "there are no versions");
    for (const auto& [name, block] : found->items()) {
      if (block.is_object()) {
        inventory_.versions[name] = readVersion(name, block);
      } else {
        inventory_.versions[name];
        report("E047", "version " + name + " is not an object");
      }
    }
  }

  Inventory::Version readVersion(const std::string& name, const Json& block) {
    Inventory::Version version;
    static const std::set<std::string> kKnown = {"created", "state", "message", "user"};
    for (const auto& [key, value] : block.items()) {
      if (!kKnown.contains(key)) report("E102", name + ": unknown key \"" + key + "\"");
    }
    if (const auto created = block.find("created"); created == block.end()) {
      report("E048", name + ": created is missing");
    } else if (!created->is_string() || !isRfc3339(created->get<std::string>())) {
      report("E049", name + ": created is not an RFC 3339 date and time: " + created->dump());
    } else {
      version.created = created->get<std::string>();
    }
    if (const auto state = block.find("state"); state == block.end()) {
      report("E048", name + ": state is missing");
    } else if (!state->is_object()) {
      report("E050", name + ": state is not an object");
    } else {
      version.state = readPaths(*state, "E051", name + ": state");
    }
    if (const auto message = block.find("message"); message == block.end()) {
      report("W007", name + ": no message");
    } else if (!message->is_string()) {
      report("E094", name + ": the message is not a string");
    } else {
      version.message = message->get<std::string>();
    }
    readUser(name, block, version);
    return version;
  }

  void readUser(const std::string& name, const Json& block, Inventory::Version& version) {
    const auto user = block.find("user");
    if (user == block.end()) return report("W007", name + ": no user");
    if (!user->is_object()) return report("E054", name + ": the user is not an object");
    const auto userName = user->find("name");
    if (userName == user->end() || !userName->is_string() || userName->get<std::string>().empty()) {
      return report("E054", name + ": the user has no name");
    }
    for (const auto& [key, value] : user->items()) {
      if (key != "name" && key != "address") {
        report("E102", name + ": unknown key \"" + key + "\" of the user");
      }
    }
    version.user = Inventory::User{userName->get<std::string>(), std::nullopt};
    const auto address = user->find("address");
    if (address == user->end()) return report("W008", name + ": the user has no address");
    if (!address->is_string()) return report("E054", name + ": the address is not a string");
    version.user->address = address->get<std::string>();
    if (!isUri(*version.user->address)) report("W009", name + ": the user's address is not a URI");
  }

  void readFixity() {
    const auto found = json_.find("fixity");
    if (found == json_.end()) return;
    if (!found->is_object()) return report("E111", "the fixity block is not an object");
    for (const auto& [algorithm, block] : found->items()) {
      if (!block.is_object()) {
        report("E057", "the fixity block of " + algorithm + " is not an object");
        continue;
      }
      if (!FixityDigest::supports(algorithm) && !FixityDigest::isRegistered(algorithm)) {
        report("E056", "unknown fixity algorithm " + algorithm);
        report("E026", "fixity algorithm that no list of the specification has: " + algorithm);
      }
      inventory_.fixity[algorithm] = readPaths(block, "E057", "fixity of " + algorithm);
    }
  }

  const Json& json_;
  std::string where_;
  Findings& findings_;
  Inventory inventory_;
};

}  // namespace

std::optional<Inventory> parseInventory(const std::string& bytes, const std::string& where,
                                        Findings& findings) {
  Json json;
  try {
    json = Json::parse(bytes, DuplicateKeys(where, findings));
  } catch (const Json::exception& error) {
    findings.add("E033", where, std::string("not JSON: ") + error.what());
    return std::nullopt;
  } catch (const TooMuch& error) {
    findings.add("E033", where, error.what());
    return std::nullopt;
  }
  if (!json.is_object()) {
    findings.add("E033", where, "not a JSON object");
    return std::nullopt;
  }
  return Reader(json, where, findings).read();
}

}  // namespace sohoa
