#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "core/result.h"

namespace sohoa {

/// What became of one page of an access copy.
struct AccessPage {
  std::uint64_t original = 0;  ///< bytes of the image in the document
  std::uint64_t bytes = 0;     ///< of what shows the page in the copy
  bool layered = false;        ///< false: the image as it was, byte for byte
  double departure = 0;        ///< of the layers from the image, see page_layers.h
};

/// A small copy for reading on screens of a document that writePdfA made (signed or not): paper,
/// dark ink and its colour as separate layers (MRC) where that is smaller and shows the same page,
/// the image itself elsewhere; the same invisible text and metadata, and no signature. Valid
/// PDF/A like its source; the same source gives the same bytes.
/// Causes: documentNotWritten (not a document of ours), pdfDamaged. Throws BatchError.
Result<std::vector<AccessPage>> writeAccessCopy(const std::filesystem::path& out,
                                                const std::filesystem::path& document);

}  // namespace sohoa
