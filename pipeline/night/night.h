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

/// What a run says while it works. Calls come from two threads, one at a time.
class NightListener {
 public:
  virtual ~NightListener() = default;
  /// A folder of intake/ that is left alone, and why (English tr() id).
  virtual void leftAlone(const std::string& folder, const std::string& why) = 0;
  virtual void takenIn(const std::string& batch, int dossiers, int pages) = 0;
  virtual void willRead(int pages) = 0;  ///< pages to recognise in all
  virtual void pageRead(const std::string& dossier) = 0;
  virtual void decided(const Outcome& outcome) = 0;
  /// Something that needs care soon: an English say() id with one place, and what goes there.
  virtual void warning(const char* english, const std::string& value) = 0;
};

struct NightOptions {
  std::filesystem::path program;       ///< the sohoa executable, to start workers
  std::optional<std::string> batch;    ///< only this folder of intake/
  int workers = 0;                     ///< 0: one per core
  std::optional<Time> until;           ///< no further page is begun after this time
  std::optional<std::string> dossier;  ///< only this accepted dossier of review/
};

/// filed + held + quarantined + remaining = received, over all batches this run touched.
struct NightSummary {
  int batches = 0, received = 0, filed = 0, held = 0, quarantined = 0;
  int remaining = 0;   ///< left in intake/: the run was interrupted or its time was up
  int waiting = 0;     ///< read, and waiting for a server outside; they are among the remaining
  int fromReview = 0;  ///< accepted dossiers of review/ this run worked on; not part of received
  int leftAlone = 0;   ///< folders of intake/ that were not taken in
  int pages = 0;       ///< recognised in this run
  double seconds = 0;
  bool balances() const { return filed + held + quarantined + remaining == received; }
};

/// The nightly batch: takes in what is closed, and brings every dossier to one of three ends. Can
/// be killed at any moment and run again; what was done is found done. `stop` set to true (by a
/// signal) ends it after the pages and dossiers under way. Throws BatchError when the environment
/// is unfit; checked before the first page where it can be.
NightSummary runNight(const Site& site, const NightOptions& options, NightListener& listener,
                      const std::atomic<bool>& stop);

}  // namespace sohoa
