#include "pipeline/site/site.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstdlib>

#include "core/durable.h"
#include "core/result.h"
#include "pipeline/site/site_template.h"
#include "signing/keys/demo_pki.h"
#include "storage/repository/repository.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse(const std::string& detail) { throw BatchError(Cause::siteConfig, detail); }

}  // namespace

Site Site::open(const fs::path& folder) {
  const fs::path file = folder / kConfigFile;
  if (!fs::exists(file)) throw BatchError(Cause::siteMissing, fs::absolute(folder).string());
  return Site(fs::canonical(folder), readConfig(file));
}

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
  // sohoa.toml comes last: a folder without it is no site, whatever a crash left in it.
  renameDurably(unfinished, folder / kConfigFile);
}

std::unique_ptr<Clock> Site::clock() const {
  const char* fixed = std::getenv("SOHOA_CLOCK");
  if (config_.demo && fixed) {
    const auto time = parseIsoTime(fixed);
    if (!time) refuse(fmt::format("SOHOA_CLOCK is no time: {}", fixed));
    return std::make_unique<FixedClock>(*time);
  }
  return std::make_unique<SystemClock>();
}

}  // namespace sohoa
