#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/digest.h"
#include "pipeline/site/site.h"
#include "signing/keys/key.h"
#include "signing/verify/verify.h"
#include "storage/ledger/ledger.h"

namespace sohoa {

class SiteServices;

/// A statement about the ledger's head at one time, signed with the agency's key: rewriting the
/// ledger before it, or cutting its tail off, contradicts a signature. Kept as
/// state/anchors/<entries, 12 digits>.json with the detached CMS beside it as .json.p7s and, where
/// a timestamp could be had, .json.p7s.tst (RFC 3161, over the CMS).
struct Anchor {
  std::uint64_t entries = 0;  ///< number of entries in the chain
  Sha512 hash{};              ///< hash of the newest entry
  Time at{};
  std::string agency;
  Sha512 previous{};  ///< SHA-512 of the previous statement; zeros for the first
};
std::string toJson(const Anchor& anchor);
/// Returns nothing when the bytes are no statement.
std::optional<Anchor> anchorFromJson(const std::string& bytes);

/// Requests a timestamp token over these bytes; returns nothing when none is available now.
using Timestamper = std::function<std::optional<std::string>(const std::string& bytes)>;

/// Uses the site's timestamp authorities; empty when none is configured. When no authority answers,
/// the anchor is made without a token. `services` must outlive the result.
Timestamper timestamperOf(const SiteServices& services);

/// Signs the ledger's head, unless its newest entry is already anchored or, without `always`, an
/// anchor was made on the same day (Vietnamese time). Returns the new anchor. Only called by the
/// process that holds the key. Throws BatchError.
std::optional<Anchor> makeAnchor(const Site& site, const SigningKey& key, const Clock& clock,
                                 bool always, const Timestamper& timestamper = {});

/// Compares a ledger with the anchors in one pass over its entries.
class AnchorCheck {
 public:
  struct Problem {
    std::string where, what;  ///< English
  };
  /// Reads every anchor and verifies its signature against the site's trust anchors.
  AnchorCheck(const Site& site, const TrustAnchors& trust);
  void see(const LedgerEntry& entry);
  /// Call after the last entry; returns the contradictions.
  std::vector<Problem> finish(std::uint64_t entries);
  std::size_t count() const { return anchors_.size(); }
  std::optional<Time> newest() const;

 private:
  std::map<std::uint64_t, Anchor> anchors_;
  std::vector<Problem> problems_;
};

}  // namespace sohoa
