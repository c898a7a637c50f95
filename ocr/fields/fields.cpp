#include "ocr/fields/fields.h"

#include <algorithm>

#include "ocr/fields/field_heading.h"
#include "ocr/fields/field_signer.h"
#include "ocr/fields/field_title.h"
#include "ocr/fields/field_validity.h"

namespace sohoa {
namespace {

DocumentFields readDocument(const std::vector<PageReading>& readings,
                            const std::vector<FieldPage>& pages, std::size_t first,
                            std::size_t last) {
  DocumentFields document;
  document.firstPage = static_cast<int>(first) + 1;
  document.lastPage = static_cast<int>(last);
  const auto numberOf = [&](std::size_t i) { return static_cast<int>(i - first) + 1; };
  FieldHeading heading = readHeading(pages[first], readings[first].slots, 1);
  document.fields = std::move(heading.fields);
  if (heading.found) readTitle(pages[first], heading.bottom, 1, document.fields);
  // Who signs stands at the end; a blank back or an annex may follow.
  for (std::size_t i = last; i-- > first;) {
    if (readSigner(pages[i], i == first ? heading.bottom : 0, numberOf(i), document.fields)) {
      if (!document.fields.contains(field::kDate)) {
        readClosingDate(pages[i], readings[i].slots, numberOf(i), document.fields);
      }
      break;
    }
  }
  for (std::size_t i = first; i < last; ++i) {
    if (readValidity(pages[i], numberOf(i), document.fields)) break;
  }
  return document;
}

}  // namespace

std::vector<DocumentFields> readFields(const std::vector<PageReading>& readings) {
  std::vector<FieldPage> pages;
  std::vector<std::size_t> starts;
  for (const PageReading& reading : readings) {
    pages.push_back(fieldPage(reading));
    bool found = false;
    double bottom = 0;
    headingColumn(pages.back(), found, bottom);
    if (found || starts.empty()) starts.push_back(pages.size() - 1);
  }
  std::vector<DocumentFields> documents;
  for (std::size_t i = 0; i < starts.size(); ++i) {
    const std::size_t end = i + 1 < starts.size() ? starts[i + 1] : pages.size();
    documents.push_back(readDocument(readings, pages, starts[i], end));
  }
  return documents;
}

std::size_t mainDocument(const std::vector<DocumentFields>& documents) {
  for (const std::string_view name : {field::kNumber, field::kAgency}) {
    for (std::size_t i = 0; i < documents.size(); ++i) {
      if (documents[i].find(name)) return i;
    }
  }
  return 0;
}

}  // namespace sohoa
