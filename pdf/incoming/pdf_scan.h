#pragma once

#include "core/result.h"
#include "pdf/incoming/pdf_pages.h"

namespace sohoa {

/// The one image that a scanned page consists of, and how large it is drawn.
struct PdfScan {
  QPDFObjectHandle image;
  double widthPoints = 0, heightPoints = 0;
};

/// Runs the page's content without painting. A page is a scan when all that it shows is one image
/// covering the page: text that is invisible (ISO 32000-1, 9.3.6, modes 3 and 7) or lies under the
/// image does not count. Throws PdfRefusal(pdfNotScanned) otherwise.
PdfScan findScan(QPDF& pdf, const PdfPage& page);

}  // namespace sohoa
