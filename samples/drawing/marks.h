#pragma once

#include <string>

#include "samples/drawing/page.h"
#include "samples/drawing/typesetter.h"
#include "samples/random.h"

namespace sohoa::samples {

struct MarkOptions {
  bool seal = true;  ///< a round seal over the signer
  bool signature = true;
  bool initials = true;    ///< a scribble after the last line
  bool edgeSeal = false;   ///< dấu giáp lai: a seal across the right edge
  bool copySeal = false;   ///< a seal over the body, as on a certified copy
  bool redName = true;     ///< colour of the name stamp
  std::string legend;      ///< along the seal
  double sealRadius = 51;  ///< points; official seals are 30 to 38 mm across
};

/// Writes, signs and stamps on the page: everything that is not printed. Each mark is recorded
/// with its true text and box.
void addMarks(Page& page, const MarkOptions& options, const Typesetter& typesetter, Random& random);

/// Nothing is filled in and nothing is signed, but leaders are still printed.
void addLeaders(Page& page);

}  // namespace sohoa::samples
