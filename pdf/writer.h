#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/clock.h"
#include "core/reading.h"
#include "core/result.h"

namespace sohoa {

/// A page to package: the scan it comes from and what was read on it.
struct PdfPageSource {
  std::filesystem::path file;
  int index = 0;  ///< of the page in that file, from 0
  PageReading reading;
};

struct PdfInfo {
  std::string title, author, subject, keywords;  ///< UTF-8, NFC
  std::string documentCode;                      ///< <dossier code>-KQ<n>; dc:identifier
  std::string dossierCode;
  Time created{};  ///< CreationDate = ModDate = XMP dates
};

/// Writes a PDF/A-1b (ISO 19005-1:2005, level B): per page the scanner's own JPEG stream (other
/// images losslessly or by rule, see pdf/README.md), invisible text over its words, /Rotate for
/// pages scanned sideways or upside down, MediaBox = the sheet at 100 %, XMP equal to Info.
/// The same input gives the same bytes. Holds one page image in memory at a time.
/// The file appears under `out` complete or not at all.
Result<void> writePdfA(const std::filesystem::path& out, const std::vector<PdfPageSource>& pages,
                       const PdfInfo& info);

}  // namespace sohoa
