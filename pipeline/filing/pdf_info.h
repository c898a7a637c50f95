#pragma once

#include <string>

#include "core/record.h"
#include "pdf/pdfa/writer.h"
#include "pipeline/site/site.h"

namespace sohoa {

/// What a digitised document says of itself (Info, XMP), from its fields as far as they are known,
/// else from the register's row.
PdfInfo pdfInfo(const DocumentRecord& document, const std::string& dossierCode,
                const RegisterRow& row, const Config& config, Time created);

}  // namespace sohoa
