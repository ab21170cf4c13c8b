using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using SaaS.Domain.Money;

namespace SaaS.Platform.Data;

/// <summary>Won as bigint.</summary>
internal sealed class WonConverter() : ValueConverter<Won, long>(won => won.Amount, amount => new Won(amount));
