#pragma once

#include <atomic>
#include <chrono>
#include <functional>

#include "pipeline/night/night.h"
#include "pipeline/site/site.h"

namespace sohoa {

struct WatchOptions {
  NightOptions night;                        ///< program and workers
  std::chrono::milliseconds settle{10'000};  ///< how long a batch must have been unchanged
  std::chrono::milliseconds poll{0};         ///< look that often; 0: when the kernel tells
  std::chrono::milliseconds retry{600'000};  ///< for a batch that the run could not finish
};

/// What a watch says beside what its runs say.
class WatchListener : public NightListener {
 public:
  virtual void watching(bool polling) = 0;
  virtual void finished(const NightSummary& summary) = 0;
  /// Another command works on the site; the watch waits for it.
  virtual void busy() = 0;
};

/// Files closed batches as they arrive, one run after the other, until `stop`; a run under way ends
/// after its dossiers in hand. A batch is taken when it is closed, has not changed for `settle`,
/// and its manifest, where it brings one, holds: a `.done` that overtakes its files is waited out.
/// Returns whether a run was cut short. Throws BatchError when the environment is unfit, siteBusy
/// when another watch runs; a site that is busy with another command is waited for.
bool watchIntake(const Site& site, const WatchOptions& options, WatchListener& listener,
                 const std::atomic<bool>& stop);

}  // namespace sohoa
