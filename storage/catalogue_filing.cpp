#include <algorithm>

#include "core/result.h"
#include "storage/catalogue_sqlite.h"
#include "storage/fold.h"

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

}  // namespace

void SqliteCatalogue::recordFiled(const DossierRecord& record, int version,
                                  const std::vector<DocumentText>& texts) {
  DatabaseTransaction transaction(database_);
  Statement head(database_, "SELECT version FROM dossier WHERE code = ?");
  head.start(record.code);
  const bool newest = !head.next() || head.integer(0) <= version;
  head.reset();
  if (newest) {
    removeDocuments(record.code);
    Statement(database_,
              "INSERT INTO dossier VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT DO "
              "UPDATE SET object = ?2, version = ?3, batch = ?4, counted = ?5, "
              "not_counted_reason = ?6, pages = ?7, received_at = ?8, filed_at = ?9")
        .run(record.code, "urn:sohoa:dossier:" + record.code, version, record.batch, record.counted,
             record.notCountedReason, pagesOf(record), isoUtc(record.receivedAt),
             isoUtc(record.filedAt));
    Statement(database_, "UPDATE register SET filed = 1, counted = ?2, pages = ?3 WHERE code = ?1")
        .run(record.code, record.counted, pagesOf(record));
    for (const DocumentRecord& document : record.documents) {
      const auto text = std::find_if(texts.begin(), texts.end(), [&](const DocumentText& t) {
        return t.documentCode == document.code;
      });
      addDocument(record, document, text == texts.end() ? nullptr : &text->pages);
    }
  }
  Statement(database_,
            "INSERT INTO filing (dossier, version, record) VALUES (?1, ?2, ?3) "
            "ON CONFLICT DO UPDATE SET record = ?3")
      .run(record.code, version, toJson(record));
  transaction.commit();
}

void SqliteCatalogue::removeDocuments(const std::string& dossierCode) {
  // The index keeps no text of its own: it has to be told what it indexed.
  Statement forget(database_,
                   "INSERT INTO page_index (page_index, rowid, words) VALUES ('delete', ?, ?)");
  Statement pages(database_,
                  "SELECT page.id, page.text FROM page JOIN document ON document.id = "
                  "page.document WHERE document.dossier = ?");
  pages.start(dossierCode);
  while (pages.next()) {
    if (const std::string words = foldText(pages.text(1)); !words.empty()) {
      forget.run(pages.integer(0), words);
    }
  }
  pages.reset();
  Statement(database_, "DELETE FROM document WHERE dossier = ?").run(dossierCode);
}

void SqliteCatalogue::addDocument(const DossierRecord& record, const DocumentRecord& document,
                                  const std::vector<std::string>* texts) {
  Statement(database_,
            "INSERT INTO document (dossier, code, file, title, origin, verdict, sha512) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)")
      .run(record.code, document.code, document.file, document.title,
           document.origin == DocumentOrigin::digitised ? "digitised" : "as_received",
           document.verdict, document.sha512.hex());
  const std::int64_t id = database_.lastRow();
  Statement addPage(database_,
                    "INSERT INTO page (document, number, outcome, words, text) "
                    "VALUES (?, ?, ?, ?, ?)");
  Statement addWords(database_, "INSERT INTO page_index (rowid, words) VALUES (?, ?)");
  const auto add = [&](std::size_t number, const char* outcome, int words,
                       const std::string& text) {
    addPage.run(id, static_cast<std::int64_t>(number), outcome, words, text);
    const std::int64_t page = database_.lastRow();
    if (const std::string folded = foldText(text); !folded.empty()) addWords.run(page, folded);
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

std::optional<Catalogue::FiledDossier> SqliteCatalogue::filed(
    const std::string& dossierCode) const {
  Statement select(database_,
                   "SELECT filing.version, filing.record FROM dossier JOIN filing ON "
                   "filing.dossier = dossier.code AND filing.version = dossier.version "
                   "WHERE dossier.code = ?");
  select.start(dossierCode);
  if (!select.next()) return std::nullopt;
  try {
    return FiledDossier{recordFromJson(select.text(1)), static_cast<int>(select.integer(0))};
  } catch (const BatchError&) {
    throw;
  } catch (const std::exception& error) {
    database_.fail("filed " + dossierCode, error.what());
  }
}

}  // namespace sohoa
