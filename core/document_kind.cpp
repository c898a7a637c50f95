#include "core/document_kind.h"

namespace sohoa {
namespace {

struct Row {
  DocumentKind kind;
  std::string_view name, mark;
};
constexpr Row kRows[] = {
    {DocumentKind::result, "result", "KQ"},
    {DocumentKind::processing, "processing", "XL"},
    {DocumentKind::component, "component", "TP"},
};

}  // namespace

std::string_view nameOf(DocumentKind kind) {
  for (const Row& row : kRows) {
    if (row.kind == kind) return row.name;
  }
  return {};
}

std::optional<DocumentKind> documentKindFrom(std::string_view name) {
  for (const Row& row : kRows) {
    if (row.name == name) return row.kind;
  }
  return std::nullopt;
}

std::string_view markOf(DocumentKind kind) {
  for (const Row& row : kRows) {
    if (row.kind == kind) return row.mark;
  }
  return {};
}

std::optional<DocumentKind> documentKindOfMark(std::string_view mark) {
  for (const Row& row : kRows) {
    if (row.mark == mark) return row.kind;
  }
  return std::nullopt;
}

DocumentKind documentKindOfCode(std::string_view code) {
  const auto dash = code.rfind('-');
  return documentKindOfMark(code.substr(dash + 1).substr(0, 2)).value_or(DocumentKind::result);
}

}  // namespace sohoa
