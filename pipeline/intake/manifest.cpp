#include "pipeline/intake/manifest.h"

#include <sstream>

#include "core/durable.h"
#include "pipeline/common/file_names.h"

namespace sohoa {

namespace fs = std::filesystem;

Manifest readManifest(const fs::path& batch) {
  Manifest manifest;
  const fs::path file = batch / kManifestName;
  if (!fs::is_regular_file(file)) return manifest;
  manifest.present = true;
  std::istringstream lines(readFile(file));
  for (std::string line; std::getline(lines, line);) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (line.size() < 131) continue;
    const auto digest = Sha512::fromHex(std::string_view(line).substr(0, 128));
    std::string name = line.substr(130);  // the separator has two characters: "  " or " *"
    if (name.starts_with("./")) name.erase(0, 2);
    const std::string leaf = name.substr(name.rfind('/') + 1);  // npos + 1 is 0
    if (systemLeftover(leaf) || name == kDoneName || name == kManifestName) continue;
    if (digest) manifest.files[name] = *digest;
  }
  return manifest;
}

bool manifestIsComplete(const fs::path& batch) {
  const fs::path file = batch / kManifestName;
  if (!fs::is_regular_file(file)) return false;
  const std::string text = readFile(file);
  if (text.empty() || text.back() != '\n') return false;
  const Manifest manifest = readManifest(batch);
  if (manifest.files.empty()) return false;
  const auto closed = fs::last_write_time(file);
  for (const auto& [name, digest] : manifest.files) {
    std::error_code error;
    const auto written = fs::last_write_time(batch / name, error);
    if (error || written > closed) return false;
  }
  return true;
}

std::optional<ItemError> checkAgainst(const Manifest& manifest, const IntakeItem& item) {
  if (!manifest.present) return std::nullopt;
  const auto problem = [](Cause cause, const std::string& name) {
    return ItemError{Stage::intake, cause, printable(name), ""};
  };
  const bool loose = item.stack && item.stack->loose;  // a file next to the folders
  std::size_t found = 0;
  for (const IntakeFile& file : item.files) {
    const auto listed =
        manifest.files.find(loose ? item.folder : item.folder + "/" + file.original.name);
    if (listed == manifest.files.end()) return problem(Cause::manifestMissing, file.original.name);
    if (listed->second != file.original.sha512)
      return problem(Cause::manifestMismatch, file.original.name);
    ++found;
  }
  if (loose) return std::nullopt;
  const std::string prefix = item.folder + "/";
  for (auto listed = manifest.files.lower_bound(prefix);
       listed != manifest.files.end() && listed->first.starts_with(prefix); ++listed) {
    if (found == 0) return problem(Cause::manifestMissing, listed->first);
    --found;
  }
  return std::nullopt;
}

}  // namespace sohoa
