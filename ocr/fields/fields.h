#pragma once

#include <vector>

#include "core/document_fields.h"
#include "core/reading.h"

namespace sohoa {

/// The documents among the pages of a dossier, in order, with their fields: agency, number, date,
/// type, abstract, signer, validity, as NĐ 30/2020/NĐ-CP (and TT 01/2011/TT-BNV) place them. A page
/// with the national name in its upper part begins a document. Pages before the first such page are
/// a document of their own. Works on positions and grammar; knows no agency and no text. Nothing is
/// guessed: what cannot be read has an empty value, what was put in by hand says so. Pages without
/// a reading are given as empty readings. Never empty unless `pages` is.
std::vector<DocumentFields> readFields(const std::vector<PageReading>& pages);

/// Which of the documents is the result that the dossier is about: the first with a number, else
/// the first with an agency, else the first. `documents` is not empty.
std::size_t mainDocument(const std::vector<DocumentFields>& documents);

}  // namespace sohoa
