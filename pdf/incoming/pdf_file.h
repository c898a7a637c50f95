#pragma once

#include <filesystem>
#include <memory>
#include <qpdf/QPDF.hh>
#include <vector>

#include "core/page.h"
#include "core/result.h"
#include "pdf/images/incoming_page.h"
#include "pdf/images/page_limits.h"
#include "pdf/incoming/pdf_scan.h"

namespace sohoa {

/// A PDF that came in. Not thread-safe; functions return errors, never throw qpdf's exceptions.
class PdfFile {
 public:
  /// Causes: pdfEncrypted, pdfDamaged (cannot be read, or only after the cross-reference table was
  /// guessed anew), pdfNotScanned, imageTooLarge, imageUnsupported; the detail names the page.
  static Result<PdfFile> open(const std::filesystem::path& file, const IncomingLimits& limits);
  bool isSigned() const { return signed_; }
  int pageCount() const { return static_cast<int>(pages_.size()); }
  /// Looks at every page.
  Result<std::vector<IncomingPage>> inspectPages();
  Result<PageImage> read(std::size_t page);

 private:
  std::unique_ptr<QPDF> pdf_;
  IncomingLimits limits_;
  bool signed_ = false;
  std::vector<PdfPage> pages_;
};

}  // namespace sohoa
