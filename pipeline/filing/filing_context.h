#pragma once

#include "core/clock.h"
#include "pipeline/site/shared_work.h"
#include "pipeline/site/site.h"
#include "pipeline/workers/worker_process.h"
#include "signing/keys/key.h"
#include "signing/pades/pades.h"
#include "storage/catalogue/catalogue.h"
#include "storage/ledger/ledger.h"
#include "storage/repository/repository.h"

namespace sohoa {

/// Everything that filing needs during a run.
struct FilingContext {
  const Site& site;
  const Clock& clock;
  const SigningKey& key;
  Repository& repository;
  Catalogue& catalogue;
  Ledger& ledger;
  WorkerProcess& assistant;  ///< packages and checks; holds no key
  EngineInfo engine;
  SigningServices services;            ///< for levels above B-B
  const SharedWork* shared = nullptr;  ///< checked before each step that other hosts would see

  /// Throws BatchError(leaseLost) when another host may have taken the dossier over. Called before
  /// each step with a lasting effect, since this host may have been suspended in between.
  void requireOurs() const {
    if (shared) shared->requireAlive();
  }
};

/// Time limit for packaging, and for checking documents made here or received.
inline constexpr std::chrono::seconds kAssembleLimit{600};

}  // namespace sohoa
