#include "pipeline/night/run_environment.h"

#include <algorithm>
#include <thread>

#include "core/result.h"
#include "pipeline/dossier/dossier_folders.h"
#include "pipeline/site/agency_key.h"
#include "pipeline/site/site_lock.h"
#include "pipeline/workers/page_renderer.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;

WorkerSetup setupFor(const Site& site, const fs::path& program, bool reads) {
  const Config& config = site.config();
  WorkerSetup setup{program, config.recognition.tessdata, config.recognition.model,
                    config.recognition.workerMemoryMegabytes, reads};
  setup.renderer = RenderProcess::programBeside(program);
  return setup;
}

}  // namespace

int workerCount(const NightOptions& options) {
  if (options.workers > 0) return options.workers;
  return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

RunEnvironment::RunEnvironment(const Site& site, const NightOptions& options)
    : lock(site, site.catalogue().shared() ? SiteLock::Kind::shared : SiteLock::Kind::alone),
      clock(site.clock()),
      key(loadKey(site)),
      repository(Repository::open(site.repository())),
      catalogue(site.catalogue().open()),
      ledger(site.ledger()),
      services(site) {
  keyState = checkKey(key, services.get(), clock->now());
  trySigning(site, key, clock->now());
  repository.requireWritable();
  if (catalogue->registerSize() == 0) throw BatchError(Cause::registerEmpty);
  if (site.catalogue().shared()) {
    lock.ifAlone([&] { finishMoves(site); });
    shared = std::make_unique<SharedWork>(site.catalogue(), SharedWork::newHolder());
  } else {
    finishMoves(site);
  }
  pool = std::make_unique<WorkerPool>(setupFor(site, options.program, true), workerCount(options));
  assistant = std::make_unique<WorkerProcess>(setupFor(site, options.program, false));
}

}  // namespace sohoa
