#include "pipeline/filing/pdf_info.h"

#include <fmt/core.h>

namespace sohoa {

PdfInfo pdfInfo(const DocumentRecord& document, const std::string& dossierCode,
                const RegisterRow& row, const Config& config, Time created) {
  const auto field = [&](const char* name) {
    const auto found = document.fields.find(name);
    return found == document.fields.end() ? std::string() : found->second.value;
  };
  PdfInfo info;
  info.title = document.title;
  info.author = config.agency;
  info.subject = field("abstract").empty() ? row.procedureName : field("abstract");
  info.keywords = row.unit.empty() ? dossierCode : fmt::format("{}; {}", dossierCode, row.unit);
  info.documentCode = document.code;
  info.dossierCode = dossierCode;
  info.created = created;
  info.standard = config.documents.pdfa == "2b" ? PdfStandard::pdfA2b : PdfStandard::pdfA1b;
  info.procedureCode = row.procedureCode;
  info.procedureName = row.procedureName;
  info.unit = row.unit;
  info.documentType = field("type");
  info.documentNumber = field("number");
  info.documentSymbol = field("symbol");
  info.issuedOn = field("date");
  info.issuer = field("agency");
  info.abstract = field("abstract");
  info.signer = field("signer");
  info.signerTitle = field("signer_title");
  info.validity = field("validity");
  return info;
}

}  // namespace sohoa
