#pragma once

#include <qpdf/QPDF.hh>
#include <string>
#include <vector>

#include "pdf/pdfa/writer.h"
#include "pdf/util/output_file.h"
#include "pdf/util/spool.h"

namespace sohoa {

// What every document that this room makes has in common.

/// A stream whose data, coded as its dictionary says, wait in the spool, which must outlive `pdf`.
QPDFObjectHandle spooledStream(QPDF& pdf, const Spool& spool, Spool::Slice slice,
                               const std::string& dictionary);

/// Makes `pages` the pages of the document, in nodes of at most 500.
void setPages(QPDF& pdf, const std::vector<QPDFObjectHandle>& pages);

/// Plain objects, one cross-reference table, streams as given, an identifier from the content.
void writeArchival(QPDF& pdf, PdfStandard standard, OutputFile& out);

}  // namespace sohoa
