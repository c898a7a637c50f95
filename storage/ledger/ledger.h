#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "core/clock.h"
#include "core/digest.h"

namespace sohoa {

/// Who did what to what, when, and why.
struct LedgerEntry {
  std::uint64_t sequence = 0;  ///< from 1; set by append
  Time at{};
  std::string actor;    ///< "sohoa run", or a person's name
  std::string action;   ///< "batch.received", "dossier.filed", "review.accepted" …
  std::string subject;  ///< dossier code, batch name …
  std::map<std::string, std::string> details;
  Sha512 previous{};  ///< hash of the entry before; zeros for the first
  Sha512 hash{};      ///< sha512 over this entry's line without its hash
};

/// Append-only, hash-chained log: JSON lines, one entry each, synced before append returns.
/// Several processes may append (file lock). A line that a crash left unfinished is cut off when
/// the ledger is opened, since append never returned for it. The format is in storage/README.md.
/// Thread-safe.
class Ledger {
 public:
  /// Throws BatchError(ledgerBroken) when the last entry does not fit its hash. A file that does
  /// not exist is an empty ledger; one that may not be written can still be read.
  explicit Ledger(std::filesystem::path file);
  /// Fills in sequence, previous and hash, and returns the entry as written. Bytes that are not
  /// UTF-8 are replaced by U+FFFD. Throws BatchError(diskFull | diskError | ledgerBroken); the
  /// ledger is then as it was.
  LedgerEntry append(LedgerEntry entry);
  /// Many entries with one sync, as `next` gives them; returns how many. All or none, but for a
  /// crash, which leaves those that were on disk by then. Throws as append() does.
  std::uint64_t appendAll(const std::function<std::optional<LedgerEntry>()>& next);
  /// In order, without checking the chain. Throws BatchError(ledgerBroken) at a line that is no
  /// entry.
  void forEach(const std::function<void(const LedgerEntry&)>& visit) const;

  struct Check {
    std::uint64_t entries = 0;                 ///< that hold, before the first broken one
    std::optional<std::uint64_t> firstBroken;  ///< sequence of the first link that does not hold
    std::string problem;
  };
  /// Re-computes the whole chain and shows each entry that holds. What it cannot see is a tail cut
  /// off between two lines: that takes an anchor (pipeline/audit/ledger_anchor.h).
  Check check(const std::function<void(const LedgerEntry&)>& visit = {}) const;
  /// Entries whose line contains `text`, in order; the others are not taken apart.
  void forEachWith(std::string_view text,
                   const std::function<void(const LedgerEntry&)>& visit) const;
  /// The newest entry, nothing for an empty ledger. Throws BatchError(ledgerBroken).
  std::optional<LedgerEntry> last() const;
  /// The entries of complete lines that are in memory. Throws BatchError(ledgerBroken).
  static void forEachLine(std::string_view lines,
                          const std::function<void(const LedgerEntry&)>& visit);

 private:
  std::filesystem::path file_;
};

}  // namespace sohoa
