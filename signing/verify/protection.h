#pragma once

#include <filesystem>
#include <string>

#include "core/clock.h"
#include "core/result.h"

namespace sohoa {

class TrustAnchors;

/// How long the timestamps of a signed document protect it. Once the authority's certificate has
/// expired or an algorithm is broken, a new timestamp can no longer prove how old the earlier ones
/// are (EN 319 142-1, 5.5.3): renew before that.
struct Protection {
  bool isSigned = false;
  bool stamped = false;   ///< has a timestamp over a signature or the document
  bool archived = false;  ///< the newest document timestamp covers every signature
  /// Earliest expiry of the certificates the protection depends on; set only if `stamped`.
  Time until{};
  std::string authority;  ///< subject of the timestamp's signing certificate
  /// Technical reason why the timestamp is weak: an algorithm too weak, an authority the site does
  /// not trust; empty: none.
  std::string weakness;

  /// Whether to renew: weak, or ending before `time`.
  bool dueBefore(Time time) const { return stamped && (!weakness.empty() || until < time); }
};

/// Reads the timestamps of a PDF; hashes no content and validates no signature. Causes pdfDamaged,
/// fileUnreadable.
Result<Protection> protectionOf(const std::filesystem::path& file, const TrustAnchors& anchors,
                                Time now);

}  // namespace sohoa
