#pragma once

#include <optional>
#include <string_view>

namespace sohoa {

/// What a document is in its dossier (NĐ 45/2020/NĐ-CP, Art 14; TT 01/2023/TT-VPCP, Art 4).
enum class DocumentKind {
  result,      ///< kết quả giải quyết thủ tục hành chính
  processing,  ///< văn bản xử lý: appraisals, opinions, minutes of the procedure
  component,   ///< thành phần hồ sơ: what the applicant handed in
};

/// "result", "processing", "component": in metadata.json and in the catalogue.
std::string_view nameOf(DocumentKind kind);
std::optional<DocumentKind> documentKindFrom(std::string_view name);

/// The mark in a document's code and in the names of its scans: "KQ" (the decree's own), "XL",
/// "TP".
std::string_view markOf(DocumentKind kind);
std::optional<DocumentKind> documentKindOfMark(std::string_view mark);
/// By the mark in a document's code, "…-0001-TP2"; a result when there is none.
DocumentKind documentKindOfCode(std::string_view code);

}  // namespace sohoa
