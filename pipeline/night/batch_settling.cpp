#include "pipeline/night/batch_settling.h"

#include <fmt/core.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <vector>

#include "pipeline/common/file_names.h"
#include "pipeline/intake/manifest.h"

namespace sohoa {

namespace fs = std::filesystem;

Sha512 shapeOf(const fs::path& folder) {
  std::vector<std::string> lines;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    struct stat about {};
    if (::lstat(entry.path().c_str(), &about) != 0) {
      throw fs::filesystem_error("cannot look at", entry.path(),
                                 std::error_code(errno, std::generic_category()));
    }
    lines.push_back(fmt::format("{}\n{} {} {} {} {}", entry.path().native(), about.st_ino,
                                about.st_mode, S_ISDIR(about.st_mode) ? 0 : about.st_size,
                                about.st_mtim.tv_sec, about.st_mtim.tv_nsec));
  }
  std::sort(lines.begin(), lines.end());
  Sha512Stream shape;
  for (const std::string& line : lines) shape.add(line + '\n');
  return shape.finish();
}

bool manifestHolds(const fs::path& folder) {
  const Manifest manifest = readManifest(folder);
  if (!manifest.present) return true;
  std::size_t listed = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const std::string leaf = entry.path().filename();
    const std::string inBatch = fs::relative(entry.path(), folder);
    if (!entry.is_regular_file() || systemLeftover(leaf) || inBatch == kDoneName ||
        inBatch == kManifestName)
      continue;
    const auto line = manifest.files.find(inBatch);
    if (line == manifest.files.end() || sha512OfFile(entry.path()) != line->second) return false;
    ++listed;
  }
  return listed == manifest.files.size() && listed > 0;
}

BatchGrowth::State BatchGrowth::look(const fs::path& folder, Time now) {
  const Sha512 shape = shapeOf(folder);
  const auto [place, fresh] = seen_.try_emplace(folder.filename(), Seen{shape, now});
  Seen& seen = place->second;
  if (seen.shape != shape) seen = {shape, now};
  if (seen.state == State::growing && now - seen.since >= settle_) {
    const bool holds = manifestHolds(folder);
    // The folder may have changed while its files were read.
    if (shapeOf(folder) != shape) return State::growing;
    seen.state = holds ? State::complete : State::incomplete;
  }
  return seen.state;
}

void BatchGrowth::keepOnly(const std::map<std::string, bool>& present) {
  std::erase_if(seen_, [&](const auto& one) { return !present.contains(one.first); });
}

bool BatchGrowth::anyGrowing() const {
  return std::any_of(seen_.begin(), seen_.end(),
                     [](const auto& one) { return one.second.state != State::complete; });
}

}  // namespace sohoa
