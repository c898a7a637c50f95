#pragma once

#include <filesystem>
#include <string>

#include "core/clock.h"
#include "core/result.h"

namespace sohoa {

class TrustAnchors;

/// How long the timestamps of a signed document protect it. Once the authority's certificate has
/// expired, or an algorithm is broken, nothing new can be put over them that proves their age (EN
/// 319 142-1, 5.5.3): they must be renewed before.
struct Protection {
  bool isSigned = false;
  bool stamped = false;   ///< has a timestamp that protects something
  bool archived = false;  ///< the newest is a document timestamp over all that is signed
  /// When the first certificate that it depends on expires; of `stamped` only.
  Time until{};
  std::string authority;  ///< subject of that timestamp's signer
  /// Technical words: an algorithm that is too weak, an authority the site does not trust; empty.
  std::string weakness;

  /// To be renewed: weak, or over before that time.
  bool dueBefore(Time time) const { return stamped && (!weakness.empty() || until < time); }
};

/// Looks at the timestamps of a PDF; hashes nothing and judges no signature. Causes pdfDamaged,
/// fileUnreadable.
Result<Protection> protectionOf(const std::filesystem::path& file, const TrustAnchors& anchors,
                                Time now);

}  // namespace sohoa
