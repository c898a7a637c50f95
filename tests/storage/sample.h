#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "storage/catalogue/catalogue.h"
#include "storage/repository/repository.h"

namespace sohoa::test {

Day day(int year, unsigned month, unsigned dayOfMonth);
Time at(int second);

/// "000.00.12.H46-210910-<n>" with n in four digits.
std::string codeOf(int n);
RegisterRow registerRow(int n, const std::string& unit = "Văn phòng Đăng ký đất đai");

/// A dossier with one document of two pages.
DossierRecord dossier(int n, bool counted = true);
/// Texts for the pages of dossier(n).
std::vector<Catalogue::DocumentText> textsOf(const DossierRecord& record,
                                             const std::vector<std::string>& pages);

VersionInfo someone(const std::string& message = "filed");
/// `bytes` as a content file.
ContentFile content(const std::string& logicalPath, const std::string& bytes);
/// The content files of a dossier as the pipeline files them.
std::vector<ContentFile> contentOf(const DossierRecord& record,
                                   const std::vector<std::string>& pages);

/// Codes of the findings, in order, each once.
std::vector<std::string> codesOf(const std::vector<OcflFinding>& findings);
std::vector<std::string> errorsOf(const std::vector<OcflFinding>& findings);

}  // namespace sohoa::test
