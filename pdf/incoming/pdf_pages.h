#pragma once

#include <qpdf/QPDF.hh>
#include <vector>

namespace sohoa {

/// A page object with what it inherits from the page tree (ISO 32000-1, 7.7.3.4).
struct PdfPage {
  QPDFObjectHandle object, resources, mediaBox, cropBox;
};

/// The pages in order. Walks the tree without recursion and with bounds; throws PdfRefusal
/// (pdfDamaged) on loops, depth beyond 100 or more than 100,000 pages.
std::vector<PdfPage> listPages(QPDF& pdf);

/// True when any object is a signature: a dictionary of /Type /Sig or /DocTimeStamp, or one with a
/// /ByteRange, or the non-empty value of a signature field.
bool holdsSignature(QPDF& pdf);

}  // namespace sohoa
