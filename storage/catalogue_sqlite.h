#pragma once

#include "storage/catalogue.h"
#include "storage/sqlite.h"

namespace sohoa {

/// The catalogue in one SQLite file. Its functions are in catalogue_register.cpp,
/// catalogue_filing.cpp, catalogue_report.cpp, catalogue_search.cpp and catalogue_dump.cpp.
class SqliteCatalogue final : public Catalogue {
 public:
  explicit SqliteCatalogue(const std::filesystem::path& file);

  RegisterChange importRegister(const std::vector<RegisterRow>& rows) override;
  std::optional<RegisterRow> registered(const std::string& dossierCode) const override;
  std::int64_t registerSize() const override;
  void forEachRegistered(const std::function<void(const RegisterRow&)>& visit) const override;

  void recordFiled(const DossierRecord& record, int version,
                   const std::vector<DocumentText>& texts) override;
  std::optional<FiledDossier> filed(const std::string& dossierCode) const override;

  void recordOutcome(const Outcome& outcome) override;
  std::vector<Outcome> outcomes(const std::string& batch) const override;

  std::vector<SearchHit> search(const std::string& query, int limit) const override;
  std::vector<ReportRow> report(Day from, Day to, Grouping grouping) const override;
  std::vector<ReportMember> membersOf(Day from, Day to, Grouping grouping,
                                      const std::string& group) const override;
  void forEachDumpLine(const std::function<void(const std::string&)>& visit) const override;

 private:
  void removeDocuments(const std::string& dossierCode);
  void addDocument(const DossierRecord& record, const DocumentRecord& document,
                   const std::vector<std::string>* texts);

  Database database_;
};

/// Columns of `register` that hold a RegisterRow, in the order that rowFrom() reads them.
inline constexpr char kRegisterColumns[] =
    "register.code, procedure_code, procedure_name, unit, received_on, resolved_on, medium, "
    "applicant, result_number, result_date";
RegisterRow rowFrom(const Statement& statement, int firstColumn = 0);

}  // namespace sohoa
