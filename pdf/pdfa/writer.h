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

enum class PdfStandard {
  pdfA1b,  ///< ISO 19005-1:2005, level B, on PDF 1.4 (TCVN 14159-1:2024)
  pdfA2b,  ///< ISO 19005-2:2011, level B, on PDF 1.7
};

struct PdfInfo {
  std::string title{}, author{}, subject{}, keywords{};  ///< UTF-8, NFC
  std::string documentCode{};                            ///< <dossier code>-KQ<n>; dc:identifier
  std::string dossierCode{};
  Time created{};  ///< CreationDate = ModDate = XMP dates
  PdfStandard standard = PdfStandard::pdfA1b;

  // Of the procedure and of the paper itself; what is empty is left out. XMP only, namespace
  // urn:sohoa:ns:dossier:1.0#.
  std::string procedureCode{}, procedureName{};  ///< mã, tên thủ tục hành chính
  std::string unit{};                            ///< đơn vị giải quyết
  std::string documentType{};                    ///< tên loại; dc:type
  std::string documentNumber{};                  ///< số, ký hiệu: 1234/QĐ-STNMT
  std::string documentSymbol{};                  ///< ký hiệu: QĐ-STNMT
  std::string issuedOn{};                        ///< ngày ban hành, ISO 8601: 2021-09-10; dc:date
  std::string issuer{};                          ///< cơ quan ban hành; dc:publisher
  std::string abstract{};                        ///< trích yếu
  std::string signer{}, signerTitle{};           ///< người ký, chức vụ
  std::string validity{};                        ///< thời hạn có hiệu lực
};

/// Every text of an info, to be cleaned or carried.
template <class Info, class Visit>
void eachText(Info& info, Visit visit) {
  visit("title", info.title), visit("author", info.author), visit("subject", info.subject);
  visit("keywords", info.keywords), visit("document_code", info.documentCode);
  visit("dossier_code", info.dossierCode), visit("procedure_code", info.procedureCode);
  visit("procedure_name", info.procedureName), visit("unit", info.unit);
  visit("document_type", info.documentType), visit("document_number", info.documentNumber);
  visit("document_symbol", info.documentSymbol), visit("issued_on", info.issuedOn);
  visit("issuer", info.issuer), visit("abstract", info.abstract), visit("signer", info.signer);
  visit("signer_title", info.signerTitle), visit("validity", info.validity);
}

/// Writes a PDF/A of `info.standard`: per page the scanner's own JPEG stream (other
/// images losslessly or by rule, see pdf/README.md), invisible text over its words, /Rotate for
/// pages scanned sideways or upside down, MediaBox = the sheet at 100 %, XMP equal to Info.
/// A sheet that PDF 1.4 cannot hold (14,400 units a side, 5 m) is refused: documentNotWritten.
/// The same input gives the same bytes. Holds one page image in memory at a time.
/// The file appears under `out` complete or not at all.
Result<void> writePdfA(const std::filesystem::path& out, const std::vector<PdfPageSource>& pages,
                       const PdfInfo& info);

}  // namespace sohoa
