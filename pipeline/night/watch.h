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

/// Receives the progress of a watch and of its runs.
class WatchListener : public NightListener {
 public:
  virtual void watching(bool polling) = 0;
  virtual void finished(const NightSummary& summary) = 0;
  /// Another command is using the site; the watch waits for it.
  virtual void busy() = 0;
};

/// Files closed batches as they arrive, one run after another, until `stop` is set; a run in
/// progress ends after its current dossiers. A batch is taken in when it is closed, has not changed
/// for `settle`, and matches its manifest, if any. So a `.done` that arrives before the files is
/// waited out. Returns whether a run was cut short. Throws BatchError when the environment is
/// unfit, and siteBusy when another watch is running; a site locked by another command is waited
/// for.
bool watchIntake(const Site& site, const WatchOptions& options, WatchListener& listener,
                 const std::atomic<bool>& stop);

}  // namespace sohoa
