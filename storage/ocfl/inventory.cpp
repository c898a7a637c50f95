#include "storage/ocfl/inventory.h"

#include <algorithm>

#include "core/texts/json.h"

namespace sohoa {

using Json = nlohmann::json;  // keys are sorted

namespace {

/// Cut between two characters.
std::string shortened(std::string text, std::size_t longest) {
  if (text.size() <= longest) return text;
  while (longest > 0 && (static_cast<unsigned char>(text[longest]) & 0xc0) == 0x80) --longest;
  return text.substr(0, longest) + "…";
}

}  // namespace

void Findings::add(std::string code, std::string where, std::string what) {
  constexpr int kOfOneCode = 1000;
  constexpr std::size_t kLongestPlace = 4096, kLongestText = 500;
  const int count = ++counts_[code];
  if (count > kOfOneCode + 1) return;
  if (count > kOfOneCode) what = "and more of this kind, which are not listed";
  list_.push_back({std::move(code), shortened(std::move(where), kLongestPlace),
                   shortened(std::move(what), kLongestText)});
}

bool Findings::hasErrors() const {
  return std::any_of(list_.begin(), list_.end(), [](const auto& f) { return !f.warning(); });
}

std::string Findings::firstError() const {
  for (const OcflFinding& finding : list_) {
    if (!finding.warning()) return finding.where + ": " + finding.code + " " + finding.what;
  }
  return {};
}

std::string toJson(const Inventory& inventory) {
  Json json = {{"id", inventory.id},
               {"type", inventory.type},
               {"digestAlgorithm", inventory.digestAlgorithm},
               {"head", inventory.head},
               {"manifest", inventory.manifest},
               {"versions", Json::object()}};
  if (inventory.contentDirectory) json["contentDirectory"] = *inventory.contentDirectory;
  for (const auto& [name, version] : inventory.versions) {
    Json block = {{"created", version.created}, {"state", version.state}};
    if (version.message) block["message"] = *version.message;
    if (version.user) {
      block["user"] = {{"name", version.user->name}};
      if (version.user->address) block["user"]["address"] = *version.user->address;
    }
    json["versions"][name] = std::move(block);
  }
  if (!inventory.fixity.empty()) json["fixity"] = inventory.fixity;
  return jsonText(json, 2) + "\n";
}

std::optional<int> versionNumber(std::string_view name) {
  if (name.size() < 2 || name.size() > 10 || name[0] != 'v') return std::nullopt;
  int number = 0;
  for (char c : name.substr(1)) {
    if (c < '0' || c > '9') return std::nullopt;
    number = number * 10 + (c - '0');
  }
  if (number == 0) return std::nullopt;
  return number;
}

std::vector<std::string> pathParts(std::string_view path) {
  std::vector<std::string> parts;
  for (;;) {
    const auto slash = path.find('/');
    parts.emplace_back(path.substr(0, slash));
    if (slash == std::string_view::npos) return parts;
    path.remove_prefix(slash + 1);
  }
}

std::string lowerHex(std::string_view digest) {
  std::string lower(digest);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'F') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

}  // namespace sohoa
