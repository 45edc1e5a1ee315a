using System.Xml.Linq;
using Dapper;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace CalCities.Collab.Kernel.Log;

/// <summary>Data Protection's keys in the hub's database, so that every host reads the cookies of every other and a restart signs nobody out.</summary>
internal sealed class DatabaseKeys(IHubDatabase database) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements() =>
        [.. database.Read(connection => connection.QueryAsync<string>("select xml from data_protection_keys order by name")).GetAwaiter().GetResult().Select(xml => XElement.Parse(xml))];

    public void StoreElement(XElement element, string friendlyName) =>
        database.Write((connection, transaction) => connection.ExecuteAsync(
            "insert into data_protection_keys (name, xml) values (@friendlyName, @xml)",
            new { friendlyName, xml = element.ToString(SaveOptions.DisableFormatting) }, transaction)).GetAwaiter().GetResult();
}
