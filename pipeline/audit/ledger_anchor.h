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
  std::uint64_t entries = 0;  ///< length of the chain
  Sha512 hash{};              ///< of its newest entry
  Time at{};
  std::string agency;
  Sha512 previous{};  ///< sha512 of the statement before, zeros for the first
};
std::string toJson(const Anchor& anchor);
/// Nothing when the bytes are no statement.
std::optional<Anchor> anchorFromJson(const std::string& bytes);

/// Asks a timestamp authority for a token over these bytes; nothing when none can be had now.
using Timestamper = std::function<std::optional<std::string>(const std::string& bytes)>;

/// The site's own timestamp authorities; empty when none is configured. An authority that does not
/// answer costs the token, not the anchor. `services` must outlive it.
Timestamper timestamperOf(const SiteServices& services);

/// Signs the ledger's head, unless it has been since its newest entry, or (not `always`) once on
/// this day of Vietnam. Returns the new anchor. Called by the process that holds the key alone.
/// Throws BatchError.
std::optional<Anchor> makeAnchor(const Site& site, const SigningKey& key, const Clock& clock,
                                 bool always, const Timestamper& timestamper = {});

/// Compares a ledger with the anchors while its entries pass by.
class AnchorCheck {
 public:
  struct Problem {
    std::string where, what;  ///< English
  };
  /// Reads every anchor and checks signatures against the site's trust.
  AnchorCheck(const Site& site, const TrustAnchors& trust);
  void see(const LedgerEntry& entry);
  /// After the last entry: what does not hold.
  std::vector<Problem> finish(std::uint64_t entries);
  std::size_t count() const { return anchors_.size(); }
  std::optional<Time> newest() const;

 private:
  std::map<std::uint64_t, Anchor> anchors_;
  std::vector<Problem> problems_;
};

}  // namespace sohoa
