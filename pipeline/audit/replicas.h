#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "pipeline/site/site.h"

namespace sohoa {

/// An independent copy of what a site must never lose, in a folder of its own:
///   copy.json      the agency, when the copy was last complete, and the counts
///   repository/    an OCFL storage root, readable without sohoa
///   ledger.jsonl   the ledger, byte for byte
///   anchors/       the signed anchors
///   settings/      the current sohoa.toml, archive table and trust/; no keys
/// Documents and the database that describes them are kept together (TT 05/2025/TT-BNV, Art 26):
/// the catalogue can be rebuilt from these.

struct ReplicaProblem {
  std::string where, what;  ///< English
};
struct ReplicaSummary {
  std::int64_t objects = 0;   ///< in the source
  std::int64_t versions = 0;  ///< of these objects
  std::int64_t copied = 0;    ///< objects that were new or had new versions
  std::uint64_t bytes = 0;    ///< bytes copied
  std::int64_t ledgerEntries = 0;
  bool complete = false;  ///< nothing is missing in the target, and no problem occurred
  bool sameDisk = false;  ///< the copy is on the site's own file system and thus not independent
  std::vector<ReplicaProblem> problems;
};

/// Brings the copy in `folder` up to date. Copies only what is missing and hashes every file while
/// copying. A killed call is continued by the next. Nothing in the copy is replaced or removed, and
/// a damaged object of the site is not copied. With `verify` every byte of the copy is read again
/// afterwards. Can run during a night. Throws BatchError(repositoryForeign) when `folder` holds
/// something else or the copy of another site.
ReplicaSummary replicate(const Site& site, const std::filesystem::path& folder, bool verify);

/// Restores what the site lacks from a copy: missing objects and versions, damaged objects (set
/// aside in state/damaged/, not deleted), the ledger when it is missing, broken or shorter, and
/// anchors. Keeps what the site has beyond the copy. Then compares everything in the copy with the
/// site. Takes the site's lock; the catalogue must be rebuilt afterwards.
ReplicaSummary restore(const Site& site, const std::filesystem::path& folder);

/// A copy known to the site.
struct KnownReplica {
  std::filesystem::path folder;
  Time completeAt{};
  std::int64_t objects = 0;
  bool sameDisk = false;
};
std::vector<KnownReplica> knownReplicas(const Site& site);

}  // namespace sohoa
