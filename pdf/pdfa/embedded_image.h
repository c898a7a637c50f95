#pragma once

#include <string>

#include "core/page.h"
#include "core/result.h"

namespace sohoa {

/// An image as it goes into a PDF/A-1b: the stream's dictionary in PDF syntax and its data.
struct EmbeddedImage {
  std::string dictionary;
  std::string data;
};

/// JPEG: the stream byte for byte (four components or arithmetic coding are decoded and become a
/// high-quality JPEG). PNG: its compressed data as they are when PDF 1.4 can express them, else
/// lossless. TIFF: one bit as CCITT group 4, a palette or few greys lossless, grey and colour as
/// JPEG of quality 92 without chroma subsampling. Transparency is flattened onto white.
/// Causes: fileTruncated, imageUnsupported.
Result<EmbeddedImage> embedImage(PageImage image);

}  // namespace sohoa
