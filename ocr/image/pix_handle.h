#pragma once

#include <allheaders.h>

#include <memory>

namespace sohoa {

struct PixFree {
  void operator()(Pix* pix) const { pixDestroy(&pix); }
};
/// Owns a Leptonica image.
using PixHandle = std::unique_ptr<Pix, PixFree>;

}  // namespace sohoa
