#pragma once

#include <memory>

#include "core/clock.h"
#include "pipeline/night/night.h"
#include "pipeline/site/shared_work.h"
#include "pipeline/site/signing_services.h"
#include "pipeline/site/site.h"
#include "pipeline/site/site_lock.h"
#include "pipeline/workers/worker_pool.h"
#include "signing/keys/key.h"
#include "storage/catalogue/catalogue.h"
#include "storage/ledger/ledger.h"
#include "storage/repository/repository.h"

namespace sohoa {

/// Everything a run needs, opened and tested before anything is changed. Throws BatchError.
struct RunEnvironment {
  RunEnvironment(const Site& site, const NightOptions& options);

  SiteLock lock;
  std::unique_ptr<Clock> clock;
  SigningKey key;
  Repository repository;
  std::unique_ptr<Catalogue> catalogue;
  Ledger ledger;
  SiteServices services;
  KeyState keyState;
  std::unique_ptr<SharedWork> shared;  ///< set only when several hosts share the site
  std::unique_ptr<WorkerPool> pool;
  std::unique_ptr<WorkerProcess> assistant;
};

/// Number of page workers of a run.
int workerCount(const NightOptions& options);

}  // namespace sohoa
