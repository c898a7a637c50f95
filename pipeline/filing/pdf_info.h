#pragma once

#include <string>

#include "core/record.h"
#include "pdf/pdfa/writer.h"
#include "pipeline/site/site.h"

namespace sohoa {

/// Metadata of a digitised document (Info, XMP): its fields where known, else the register's row.
PdfInfo pdfInfo(const DocumentRecord& document, const std::string& dossierCode,
                const RegisterRow& row, const Config& config, Time created);

}  // namespace sohoa
