#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "storage/ocfl/finding.h"

namespace sohoa {

/// Collects findings about one place after another: of each code the first thousand, in texts of
/// bounded length, whatever the files say.
class Findings {
 public:
  void add(std::string code, std::string where, std::string what);
  bool hasErrors() const;
  /// The first finding that is no warning, as one line.
  std::string firstError() const;
  std::vector<OcflFinding>& list() { return list_; }

 private:
  std::vector<OcflFinding> list_;
  std::map<std::string, int> counts_;
};

/// inventory.json of an OCFL object (OCFL 1.1, 3.5). Digests keep the case they were written in.
struct Inventory {
  /// digest -> paths, as both `manifest` and `state` have it
  using Paths = std::map<std::string, std::vector<std::string>>;

  struct User {
    std::string name;
    std::optional<std::string> address;
    bool operator==(const User&) const = default;
  };
  struct Version {
    std::string created;
    std::optional<std::string> message;
    std::optional<User> user;
    Paths state;
  };

  std::string id, type, digestAlgorithm, head;
  std::optional<std::string> contentDirectory;
  Paths manifest;
  std::map<std::string, Version> versions;
  std::map<std::string, Paths> fixity;

  std::string contentFolder() const { return contentDirectory.value_or("content"); }
};

inline constexpr std::string_view kInventoryType = "https://ocfl.io/1.1/spec/#inventory";

/// UTF-8, sorted keys, indented by 2: the same inventory gives the same bytes.
std::string toJson(const Inventory& inventory);

/// Reads what `bytes` hold and reports every rule of 3.5 that can be judged from one inventory
/// alone: JSON, keys, types, digests, paths. Nothing when it is no JSON object.
std::optional<Inventory> parseInventory(const std::string& bytes, const std::string& where,
                                        Findings& findings);
/// The rules between the parts of one inventory: versions, head, state against manifest.
void checkInventory(const Inventory& inventory, const std::string& where, Findings& findings);

/// Number of a version folder: "v3" -> 3, "v003" -> 3; nothing for other names and for v0.
std::optional<int> versionNumber(std::string_view name);

/// Splits at '/'; keeps empty parts.
std::vector<std::string> pathParts(std::string_view path);
/// Lower-case copy of a hexadecimal digest.
std::string lowerHex(std::string_view digest);

}  // namespace sohoa
