
#include "core/texts/json.h"
#include "storage/catalogue/catalogue_sql.h"

namespace sohoa {
void SqlCatalogue::forEachDumpLine(const std::function<void(const std::string&)>& visit) const {
  const auto emit = [&](const nlohmann::json& row) { visit(jsonTextReplacing(row)); };
  const auto table = [&](const char* name, const std::string& sql, int columns) {
    Statement select(*database_, sql);
    select.start();
    while (select.next()) {
      nlohmann::json row = {name};
      for (int i = 0; i < columns; ++i) {
        const auto value = select.textOrNull(i);
        row.push_back(value ? nlohmann::json(*value) : nlohmann::json(nullptr));
      }
      emit(row);
    }
  };
  // All tables as of one moment.
  DatabaseTransaction snapshot(*database_, DatabaseTransaction::Kind::read);
  table("register",
        std::string("SELECT ") + kRegisterColumns +
            ", filed, counted, pages FROM register ORDER BY register.code",
        14);
  table("dossier",
        "SELECT code, object, version, batch, counted, not_counted_reason, pages, received_at, "
        "filed_at FROM dossier ORDER BY code",
        9);
  table("filing", "SELECT dossier, version, record FROM filing ORDER BY dossier, version", 3);
  table(
      "document",
      "SELECT dossier, code, file, title, origin, verdict, sha512, unit, procedure_code, dated_on, "
      "status, valid_until, kind FROM document ORDER BY code",
      13);
  const auto index = index_->fingerprints();
  Statement pages(*database_,
                  "SELECT document.code, page.number, page.outcome, page.words, page.text, page.id "
                  "FROM page JOIN document ON document.id = page.document "
                  "ORDER BY document.code, page.number");
  pages.start();
  while (pages.next()) {
    const auto found = index.find(pages.integer(5));
    emit({"page", pages.text(0), pages.integer(1), pages.text(2), pages.integer(3), pages.text(4),
          found == index.end() ? std::uint64_t{0} : found->second});
  }
}

}  // namespace sohoa
