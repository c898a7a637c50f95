#include <algorithm>

#include "core/document_kind.h"
#include "core/result.h"
#include "storage/catalogue/catalogue_sql.h"
#include "storage/text/text_folding.h"

namespace sohoa {
namespace {

std::int64_t pagesOf(const DossierRecord& record) {
  std::size_t pages = 0;
  for (const DocumentRecord& document : record.documents) pages += document.pages.size();
  return static_cast<std::int64_t>(pages);
}

/// What a person may look for that stands on no sheet in just these words.
std::string descriptionOf(const DossierRecord& record, const DocumentRecord& document) {
  std::string text = document.title + "\n" + document.code;
  for (const auto& [name, field] : document.fields) text += "\n" + field.value;
  if (const auto& row = record.registered) {
    text += "\n" + row->applicant + "\n" + row->procedureName + "\n" + row->resultNumber;
  }
  return text;
}

FilterValues filtersOf(const std::optional<RegisterRow>& row, const DocumentRecord& document) {
  FilterValues filters;
  filters.status = nameOf(document.status ? document.status->state : ResultState::inForce);
  if (document.status && document.status->until) {
    filters.validUntil = isoDay(*document.status->until);
  }
  const auto date = document.fields.find("date");
  const bool dated = date != document.fields.end() && parseIsoDay(date->second.value);
  if (dated) filters.datedOn = date->second.value;
  if (!row) return filters;
  filters.unit = row->unit;
  filters.procedureCode = row->procedureCode;
  if (row->resultDate) {
    filters.datedOn = isoDay(*row->resultDate);
  } else if (!dated) {
    filters.datedOn = isoDay(row->receivedOn);
  }
  return filters;
}

}  // namespace

void SqlCatalogue::recordFiled(const DossierRecord& record, int version,
                               const std::vector<DocumentText>& texts) {
  transact(*database_, [&] {
    Statement head(*database_, "SELECT version FROM dossier WHERE code = ?1");
    head.start(record.code);
    const bool newest = !head.next() || head.integer(0) <= version;
    head.reset();
    if (newest) recordNewest(record, version, texts);
    Statement(*database_,
              "INSERT INTO filing (dossier, version, record) VALUES (?1, ?2, ?3) "
              "ON CONFLICT (dossier, version) DO UPDATE SET record = excluded.record")
        .run(record.code, version, toJson(record));
  });
}

void SqlCatalogue::recordNewest(const DossierRecord& record, int version,
                                const std::vector<DocumentText>& texts) {
  forgetDocuments(record.code);
  Statement(*database_,
            "INSERT INTO dossier VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT (code) DO "
            "UPDATE SET object = excluded.object, version = excluded.version, "
            "batch = excluded.batch, counted = excluded.counted, "
            "not_counted_reason = excluded.not_counted_reason, pages = excluded.pages, "
            "received_at = excluded.received_at, filed_at = excluded.filed_at")
      .run(record.code, "urn:sohoa:dossier:" + record.code, version, record.batch, record.counted,
           record.notCountedReason, pagesOf(record), isoUtc(record.receivedAt),
           isoUtc(record.filedAt));
  Statement(*database_, "UPDATE register SET filed = 1, counted = ?2, pages = ?3 WHERE code = ?1")
      .run(record.code, record.counted, pagesOf(record));
  for (const DocumentRecord& document : record.documents) {
    const auto text = std::find_if(texts.begin(), texts.end(), [&](const DocumentText& t) {
      return t.documentCode == document.code;
    });
    addDocument(record, document, text == texts.end() ? nullptr : &text->pages);
  }
}

void SqlCatalogue::forgetDocuments(const std::string& dossierCode) {
  // The index keeps no text of its own: it has to be told what it indexed.
  for (const IndexedPage& page : indexedPages(dossierCode)) {
    index_->remove(page.id, page.words, filterMarks(page.filters));
  }
  Statement(*database_, "DELETE FROM document WHERE dossier = ?1").run(dossierCode);
}

std::vector<SqlCatalogue::IndexedPage> SqlCatalogue::indexedPages(
    const std::string& dossierCode) const {
  Statement pages(
      *database_,
      "SELECT page.id, page.text, unit, procedure_code, dated_on, status, valid_until "
      "FROM page JOIN document ON document.id = page.document WHERE document.dossier = ?1");
  std::vector<IndexedPage> indexed;
  pages.start(dossierCode);
  while (pages.next()) {
    indexed.push_back(
        {pages.integer(0),
         foldText(pages.text(1)),
         {pages.text(2), pages.text(3), pages.text(4), pages.text(5), pages.text(6)}});
  }
  return indexed;
}

void SqlCatalogue::addDocument(const DossierRecord& record, const DocumentRecord& document,
                               const std::vector<std::string>* texts) {
  // The register as it is now counts; as it was at filing when the dossier has left it.
  const auto row = registered(record.code);
  const FilterValues filters = filtersOf(row ? row : record.registered, document);
  Statement insert(*database_,
                   "INSERT INTO document (dossier, code, file, title, origin, verdict, sha512, "
                   "unit, procedure_code, dated_on, status, valid_until, kind) "
                   "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13) RETURNING id");
  insert.start(record.code, document.code, document.file, document.title,
               document.origin == DocumentOrigin::digitised ? "digitised" : "as_received",
               document.verdict, document.sha512.hex(), filters.unit, filters.procedureCode,
               filters.datedOn, filters.status, filters.validUntil,
               nameOf(documentKindOfCode(document.code)));
  insert.next();
  const std::int64_t id = insert.integer(0);
  insert.reset();
  Statement addPage(*database_,
                    "INSERT INTO page (document, number, outcome, words, text) "
                    "VALUES (?1, ?2, ?3, ?4, ?5) RETURNING id");
  const auto add = [&](std::size_t number, const char* outcome, int words,
                       const std::string& text) {
    addPage.start(id, static_cast<std::int64_t>(number), outcome, words, text);
    addPage.next();
    const std::int64_t page = addPage.integer(0);
    addPage.reset();
    index_->add(page, foldText(text), filterMarks(filters));
  };
  add(0, "description", 0, descriptionOf(record, document));
  const std::size_t count = std::max(document.pages.size(), texts ? texts->size() : 0);
  for (std::size_t i = 0; i < count; ++i) {
    const PageRecord* page = i < document.pages.size() ? &document.pages[i] : nullptr;
    const bool flagged = page != nullptr && page->outcome == PageOutcome::flagged;
    add(i + 1, flagged ? "flagged" : "recognised", page != nullptr ? page->words : 0,
        texts != nullptr && i < texts->size() ? (*texts)[i] : std::string());
  }
}

void SqlCatalogue::filterAgain(const RegisterRow& row) {
  const auto dossier = filed(row.dossierCode);
  if (!dossier) return;
  for (const IndexedPage& page : indexedPages(row.dossierCode)) {
    index_->remove(page.id, page.words, filterMarks(page.filters));
  }
  Statement update(*database_,
                   "UPDATE document SET unit = ?2, procedure_code = ?3, dated_on = ?4, "
                   "status = ?5, valid_until = ?6 WHERE code = ?1");
  for (const DocumentRecord& document : dossier->record.documents) {
    const FilterValues filters = filtersOf(row, document);
    update.run(document.code, filters.unit, filters.procedureCode, filters.datedOn, filters.status,
               filters.validUntil);
  }
  for (const IndexedPage& page : indexedPages(row.dossierCode)) {
    index_->add(page.id, page.words, filterMarks(page.filters));
  }
}

std::optional<Catalogue::FiledDossier> SqlCatalogue::filed(const std::string& dossierCode) const {
  Statement select(*database_,
                   "SELECT filing.version, filing.record FROM dossier JOIN filing ON "
                   "filing.dossier = dossier.code AND filing.version = dossier.version "
                   "WHERE dossier.code = ?1");
  select.start(dossierCode);
  if (!select.next()) return std::nullopt;
  try {
    return FiledDossier{recordFromJson(select.text(1)), static_cast<int>(select.integer(0))};
  } catch (const BatchError&) {
    throw;
  } catch (const std::exception& error) {
    database_->fail("filed " + dossierCode, error.what());
  }
}

}  // namespace sohoa
