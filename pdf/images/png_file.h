#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "pdf/images/resolution.h"

namespace sohoa {

/// What the chunks of a PNG say. Views point into the bytes given.
struct PngHeader {
  int width = 0, height = 0;
  int bits = 0;        ///< per sample or palette index
  int colourType = 0;  ///< 0 grey, 2 RGB, 3 palette, 4 grey + alpha, 6 RGB + alpha
  bool interlaced = false;
  bool transparent = false;            ///< an alpha channel, or a tRNS chunk
  std::string_view palette;            ///< RGB triples
  std::vector<std::string_view> data;  ///< pieces of the zlib stream (IDAT)
  std::vector<Density> densities;      ///< pHYs in metres, if any
};

/// Walks the chunks of a PNG, checking each CRC. Causes: fileTruncated (ends early or a CRC is
/// wrong), imageUnsupported (animated, or fields outside ISO 15948).
Result<PngHeader> readPngHeader(std::string_view bytes);

inline constexpr std::string_view kPngMagic{"\x89PNG\r\n\x1A\n", 8};

}  // namespace sohoa
