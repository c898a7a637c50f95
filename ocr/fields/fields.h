#pragma once

#include <vector>

#include "core/document_fields.h"
#include "core/reading.h"

namespace sohoa {

/// Splits the pages of a dossier into documents, in page order, and reads the fields of each:
/// agency, number, date, type, abstract, signer and validity, at the positions that
/// NĐ 30/2020/NĐ-CP (before it TT 01/2011/TT-BNV) prescribes. A page with the national name or
/// motto in its upper part begins a document; pages before the first such page form a document of
/// their own. Fields are found by position and grammar, not by names of particular agencies.
/// Nothing is guessed: an unreadable field has an empty value, and DocumentField::byHand marks a
/// field filled in by hand. Pass an empty PageReading for a page without a reading. The result is
/// empty only when `pages` is. Uses no engine and no shared state.
std::vector<DocumentFields> readFields(const std::vector<PageReading>& pages);

/// Index of the document that is the result of the dossier: the first with a number, else the first
/// with an agency, else 0. Requires: `documents` is not empty.
std::size_t mainDocument(const std::vector<DocumentFields>& documents);

}  // namespace sohoa
