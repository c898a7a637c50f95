#include "storage/catalogue/catalogue_rebuild.h"

#include "core/durable.h"
#include "core/result.h"
#include "storage/catalogue/dossier_object.h"
#include "storage/register/register.h"

namespace sohoa {
namespace {

using Files = std::map<std::string, std::filesystem::path>;

std::vector<Catalogue::DocumentText> textsOf(const DossierRecord& record, const Files& files) {
  std::vector<Catalogue::DocumentText> texts;
  for (const DocumentRecord& document : record.documents) {
    const auto file = files.find("text/" + document.code + ".txt");
    if (file == files.end()) continue;
    texts.push_back({document.code, splitPages(readFile(file->second), document.pages.size())});
  }
  return texts;
}

void rebuildDossier(const Repository& repository, const std::string& object, Catalogue& catalogue,
                    RebuildResult& result) {
  const int head = repository.head(object).value_or(0);
  for (int version = 1; version <= head; ++version) {
    const Files files = repository.files(object, version);
    const auto metadata = files.find("metadata.json");
    if (metadata == files.end()) {
      result.problems.push_back(
          {object, "version " + std::to_string(version) + " has no metadata.json"});
      continue;
    }
    const DossierRecord record = readRecord(metadata->second);
    if (kDossierObjectPrefix.data() + record.code != object) {
      throw std::runtime_error("metadata.json is of another dossier: " + record.code);
    }
    catalogue.recordFiled(
        record, version,
        version == head ? textsOf(record, files) : std::vector<Catalogue::DocumentText>());
    ++result.versions;
  }
  ++result.dossiers;
}

}  // namespace

RebuildResult rebuildCatalogue(const Repository& repository, Catalogue& catalogue) {
  RebuildResult result;
  if (const auto file = repository.find(std::string(kRegisterObject), std::string(kRegisterFile))) {
    RegisterReader reader(*file, RegisterOptions{});
    const auto problem = [&](const RegisterProblem& what) {
      result.problems.push_back(
          {std::string(kRegisterObject),
           "line " + std::to_string(what.line) + ": " + what.what + ": " + what.value});
    };
    catalogue.importRegister([&]() -> std::optional<RegisterRow> {
      auto next = reader.next(problem);
      if (!next) return std::nullopt;
      ++result.registerRows;
      return std::move(next->row);
    });
  }
  const auto visit = [&](const std::string& object) {
    if (!object.starts_with(kDossierObjectPrefix)) return;
    try {
      rebuildDossier(repository, object, catalogue, result);
    } catch (const BatchError& error) {
      if (error.cause() != Cause::repositoryDamaged) throw;
      result.problems.push_back({object, error.detail()});
    } catch (const std::runtime_error& error) {  // metadata.json, a file that is gone
      result.problems.push_back({object, error.what()});
    }
  };
  repository.forEach(visit, [&](const std::filesystem::path& object, const std::string& why) {
    result.problems.push_back({object.filename().string(), why});
  });
  return result;
}

}  // namespace sohoa
