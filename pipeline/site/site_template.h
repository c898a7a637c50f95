#pragma once

#include <string>
#include <string_view>

namespace sohoa {

inline constexpr std::string_view kDemoAgency = "DEMO Sở Tài nguyên và Môi trường";
inline constexpr std::string_view kAgencyToFillIn = "Sở Tài nguyên và Môi trường …";

/// The commented sohoa.toml that `sohoa init` writes.
std::string siteTemplate(const std::string& agency, bool demo);

}  // namespace sohoa
