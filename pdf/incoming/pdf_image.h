#pragma once

#include "core/page.h"
#include "pdf/images/incoming_page.h"
#include "pdf/images/page_limits.h"
#include "pdf/incoming/pdf_scan.h"

namespace sohoa {

/// Size and resolution of a scan without unpacking its samples (a JPEG's markers are walked).
/// Throws PdfRefusal: imageTooLarge, imageUnsupported, pdfDamaged, pdfNotScanned (masked).
IncomingPage inspectScan(QPDF& pdf, const PdfScan& scan, const IncomingLimits& limits);

/// The image as a file: a JPEG stream byte for byte, CCITT data in a TIFF, other samples
/// in an uncompressed TIFF, JPEG 2000 decoded into a PNG. Resolution is pixels over the size as
/// drawn. Throws like inspectScan.
PageImage extractScan(QPDF& pdf, const PdfScan& scan, const IncomingLimits& limits);

}  // namespace sohoa
