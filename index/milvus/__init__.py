"""The ranking legs in Milvus: past one machine, or in one file by Milvus Lite. Only this package knows `pymilvus`."""
