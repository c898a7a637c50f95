#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/page.h"
#include "core/result.h"
#include "pdf/images/incoming_limits.h"
#include "pdf/images/incoming_page.h"

namespace sohoa {

/// What a file that came in is, by its content.
enum class FileKind { jpeg, png, tiff, pdf };

struct IncomingFile {
  FileKind kind = FileKind::jpeg;
  bool alreadySigned = false;       ///< a PDF with a signature field that is filled in
  std::vector<IncomingPage> pages;  ///< empty for a signed PDF whose pages are not all scans
  int pageCount = 0;
};

/// Looks at one incoming file without decoding its pixels. Causes: fileEmpty, fileTruncated,
/// fileType (unknown, or the extension says otherwise), pdfEncrypted, pdfNotScanned, pdfDamaged,
/// imageTooLarge, imageUnsupported. Low resolution is reported by the figures, not as an error.
/// Runs in a worker: it parses foreign bytes.
Result<IncomingFile> inspectIncoming(const std::filesystem::path& file,
                                     const IncomingLimits& limits = {});

/// One page (index from 0) as an encoded image: a JPEG file byte for byte (also the stream of an
/// image-only PDF's page), a PNG file, or one page of a TIFF.
Result<PageImage> readIncomingPage(const std::filesystem::path& file, int index);

}  // namespace sohoa
