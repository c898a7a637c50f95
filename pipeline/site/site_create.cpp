#include <fcntl.h>
#include <fmt/core.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <string>
#include <vector>

#include "core/durable.h"
#include "core/result.h"
#include "pipeline/site/site.h"
#include "pipeline/site/site_template.h"
#include "signing/keys/demo_pki.h"
#include "storage/repository/repository.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;

constexpr auto& kConfigFile = Site::kConfigFile;
/// Written first; renamed to sohoa.toml as the last step.
constexpr char kUnfinished[] = "sohoa.toml.unfinished";

[[noreturn]] void refuse(const std::string& detail) { throw BatchError(Cause::siteConfig, detail); }

/// A temporary file left by an interrupted writeFileDurably().
bool isTemporary(const fs::path& file) {
  const std::string name = file.filename().string();
  return name.starts_with('.') && name.find(".tmp") != std::string::npos;
}

/// Whether the folder was left by an interrupted init: no other command has ever used it.
bool wasCutShort(const fs::path& folder) {
  if (!fs::is_directory(folder) || fs::exists(folder / kConfigFile)) return false;
  if (fs::exists(folder / kUnfinished)) return true;
  // Interrupted while writing that very file.
  const auto entries = fs::directory_iterator(folder);
  return !fs::is_empty(folder) && std::all_of(begin(entries), end(entries), [](const auto& entry) {
    return isTemporary(entry.path()) &&
           entry.path().filename().string().starts_with(std::string(".") + kUnfinished);
  });
}

/// Removes what init creates again: a repository that cannot contain a dossier yet, and incomplete
/// files.
void clearWhatWasCutShort(const fs::path& folder) {
  fs::remove_all(folder / "repository");
  for (const fs::path& place : {folder, folder / "keys", folder / "trust"}) {
    if (!fs::is_directory(place)) continue;
    std::vector<fs::path> temporary;
    for (const auto& entry : fs::directory_iterator(place)) {
      if (entry.is_regular_file() && isTemporary(entry.path())) temporary.push_back(entry.path());
    }
    for (const fs::path& file : temporary) fs::remove(file);
  }
}

/// Allows one process at a time to create a site; the kernel releases the lock of a killed one.
class OneMaker {
 public:
  explicit OneMaker(const fs::path& folder)
      : fd_(::open((folder / kUnfinished).c_str(), O_RDWR | O_CLOEXEC)) {
    const bool held = fd_ >= 0 && ::flock(fd_, LOCK_EX | LOCK_NB) == 0;
    // Another process may have completed the site in between.
    if (held && !fs::exists(folder / kConfigFile)) return;
    if (fd_ >= 0) ::close(fd_);
    throw BatchError(Cause::siteBusy, folder.string());
  }
  ~OneMaker() { ::close(fd_); }
  OneMaker(const OneMaker&) = delete;
  OneMaker& operator=(const OneMaker&) = delete;

 private:
  int fd_;
};

}  // namespace

void Site::create(const fs::path& folder, bool demo, const Clock& clock) {
  const std::string agency = demo ? std::string(kDemoAgency) : std::string(kAgencyToFillIn);
  const fs::path unfinished = folder / kUnfinished;
  const bool goesOn = wasCutShort(folder);
  if (!goesOn && fs::exists(folder) && !(fs::is_directory(folder) && fs::is_empty(folder))) {
    refuse(fmt::format("{} exists and is not an empty folder", folder.string()));
  }
  if (goesOn && fs::exists(unfinished) && readConfig(unfinished).demo != demo) {
    refuse(fmt::format("{} was begun {} --demo and not finished", folder.string(),
                       demo ? "without" : "with"));
  }
  createFoldersDurably(fs::absolute(folder));
  if (!fs::exists(unfinished)) writeFileDurably(unfinished, siteTemplate(agency, demo));
  const OneMaker alone(folder);
  if (goesOn) clearWhatWasCutShort(folder);
  for (const char* name : {"intake", "review", "quarantine", "state/batches", "state/work",
                           "state/processed", "trust", "keys"}) {
    createFoldersDurably(fs::absolute(folder) / name);
  }
  fs::permissions(folder / "keys", fs::perms::owner_all);
  Repository::create(folder / "repository");
  if (demo) makeDemoPki(folder / "keys", folder / "trust", agency, clock.now());
  // sohoa.toml comes last: a folder without it is not a site, whatever a crash left there.
  renameDurably(unfinished, folder / kConfigFile);
}

}  // namespace sohoa
