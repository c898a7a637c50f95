#pragma once

#include <atomic>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/clock.h"
#include "pipeline/site/site.h"
#include "storage/catalogue/catalogue.h"

namespace sohoa {

/// Receives the progress of a run. Calls come from two threads, one at a time.
class NightListener {
 public:
  virtual ~NightListener() = default;
  /// A folder of intake/ is not taken in; the reason is an English tr() id.
  virtual void leftAlone(const std::string& folder, const std::string& why) = 0;
  virtual void takenIn(const std::string& batch, int dossiers, int pages) = 0;
  virtual void willRead(int pages) = 0;  ///< total number of pages to recognise
  virtual void pageRead(const std::string& dossier) = 0;
  virtual void decided(const Outcome& outcome) = 0;
  /// Something needs attention soon: an English say() id with one placeholder, and its value.
  virtual void warning(const char* english, const std::string& value) = 0;
};

struct NightOptions {
  std::filesystem::path program;       ///< the sohoa executable, for starting workers
  std::optional<std::string> batch;    ///< only this folder of intake/
  int workers = 0;                     ///< 0: one per core
  std::optional<Time> until;           ///< no page is begun after this time
  std::optional<std::string> dossier;  ///< only this accepted dossier in review/
};

/// filed + held + quarantined + remaining = received, over all batches that this run worked on.
struct NightSummary {
  int batches = 0, received = 0, filed = 0, held = 0, quarantined = 0;
  int remaining = 0;  ///< left in intake/: the run was interrupted or its time was up
  int waiting = 0;    ///< read, and waiting for an external server; included in `remaining`
  /// accepted dossiers in review/ that this run worked on; not part of `received`
  int fromReview = 0;
  int leftAlone = 0;  ///< folders of intake/ that were not taken in
  int pages = 0;      ///< recognised in this run
  double seconds = 0;
  bool balances() const { return filed + held + quarantined + remaining == received; }
};

/// The nightly batch: takes in closed batches and files, holds or quarantines every dossier. It can
/// be killed at any moment and run again; completed work is detected. Setting `stop` to true (by a
/// signal) ends it after the pages and dossiers in progress. Throws BatchError when the environment
/// is unfit, which is checked before the first page where possible.
NightSummary runNight(const Site& site, const NightOptions& options, NightListener& listener,
                      const std::atomic<bool>& stop);

}  // namespace sohoa
