#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/clock.h"
#include "pipeline/audit/faulty_files.h"
#include "pipeline/site/site.h"

namespace sohoa {

/// A violation found by the audit.
struct AuditFinding {
  std::string code;   ///< OCFL code, or "ledger", "catalogue", "pages", "signature", "batch"
  std::string where;  ///< object, file, batch …
  std::string what;   ///< English
  bool warning = false;
};

struct AuditSummary {
  std::int64_t objects = 0, documents = 0, pages = 0, ledgerEntries = 0, batches = 0;
  std::int64_t errors = 0, warnings = 0;
  std::int64_t anchors = 0;      ///< signed statements about the ledger's head
  std::int64_t objectsRead = 0;  ///< objects of which every byte was read this time
  std::uint64_t bytesRead = 0;
  double coveredShare = 0;  ///< share of the repository read at least once by an audit, 0..1
  /// when the longest unread part was read; none: some part was never read
  std::optional<Time> oldestRead;
  std::vector<FaultyFile> faultyFiles;  ///< at most kMostFaultyFiles
};
inline constexpr std::size_t kMostFaultyFiles = 100'000;

/// Checks a site against its invariants: the storage root and every object (OCFL); pages and hashes
/// of metadata.json against the files; the ledger's chain and anchors, and its entries against the
/// repository; the catalogue against one rebuilt from the repository alone; the sums of every
/// batch. Objects whose turn it is (FixityRound), or all with `full`, are read completely and their
/// signatures verified. Reads at most `audit.megabytes_per_second` on average, unless `full`.
/// Changes only state/fixity.json, which holds the round.
AuditSummary audit(const Site& site, bool full,
                   const std::function<void(const AuditFinding&)>& found);

}  // namespace sohoa
