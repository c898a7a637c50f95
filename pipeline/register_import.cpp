#include "pipeline/register_import.h"

#include <map>

#include "core/durable.h"
#include "storage/ledger.h"
#include "storage/rebuild.h"
#include "storage/repository.h"

namespace sohoa {

RegisterImport importRegister(const Site& site, const std::filesystem::path& file) {
  const std::string bytes = readFile(file);
  RegisterFile incoming = readRegisterCsv(bytes);
  const SiteLock lock(site);
  const auto clock = site.clock();
  Repository repository = Repository::open(site.repository());
  const auto catalogue = site.catalogue().open();
  Ledger ledger(site.ledger());

  const std::string object(kRegisterObject);  // each import that changes it makes a version
  std::map<std::string, RegisterRow> merged;
  std::string before;
  if (const auto current = repository.find(object, std::string(kRegisterFile))) {
    before = readFile(*current);
    for (RegisterRow& row : readRegisterCsv(before).rows) merged[row.dossierCode] = std::move(row);
  }
  for (const RegisterRow& row : incoming.rows) merged[row.dossierCode] = row;
  std::vector<RegisterRow> rows;
  for (auto& [code, row] : merged) rows.push_back(std::move(row));
  std::string after = writeRegisterCsv(rows);
  if (after != before) {
    const VersionInfo info{clock->now(), "register import", site.config().agency, "urn:sohoa:site"};
    const int head = repository.head(object).value_or(0);
    repository.commit(object, head, {{std::string(kRegisterFile), "", std::move(after)}}, info);
  }
  RegisterImport done{catalogue->importRegister(incoming.rows), std::move(incoming.problems)};
  LedgerEntry entry;
  entry.at = clock->now();
  entry.actor = "sohoa register import";
  entry.action = "register.imported";
  entry.subject = file.filename().string();
  entry.details = {{"file_sha512", sha512(bytes).hex()},
                   {"added", std::to_string(done.change.added)},
                   {"updated", std::to_string(done.change.updated)},
                   {"unchanged", std::to_string(done.change.unchanged)},
                   {"left_out", std::to_string(done.problems.size())}};
  ledger.append(std::move(entry));
  return done;
}

}  // namespace sohoa
